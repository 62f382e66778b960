-- Purpose: rights on the officers' list of objections: a line is added, joined by "not me", and ended; never taken away (F5).
GRANT SELECT, INSERT ON records_objection TO chengxin_web;
GRANT UPDATE (not_mine, state, ended_at) ON records_objection TO chengxin_web;

-- Rights of role web: who stands where, who granted what to whom and for which days is written once and never changed.

GRANT SELECT, INSERT ON offices_organisation, offices_official, offices_mandate TO chengxin_web;

GRANT UPDATE (name_zh, name_en, contact, is_active, closed_at, closed_by) ON offices_organisation TO chengxin_web;

GRANT UPDATE (is_active, dismissed_at, dismissed_by) ON offices_official TO chengxin_web;

GRANT UPDATE (
  state, approved_at, approved_by, refused_at, refused_by, reapproval_due_on, confirmed_at, confirmed_by,
  suspended_at, suspended_by, suspended_reason, resumed_at, resumed_by, ended_at, ended_by
) ON offices_mandate TO chengxin_web;

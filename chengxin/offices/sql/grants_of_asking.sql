-- Rights of role web on what makes somebody fit to ask: written once, and of it only what an act sets is changed.

GRANT SELECT, INSERT ON offices_training, offices_client, offices_suspension TO chengxin_web;

GRANT UPDATE (own_document, own_document_by) ON offices_official TO chengxin_web;

GRANT UPDATE (state, approved_at, approved_by, ended_at, ended_by) ON offices_client TO chengxin_web;

GRANT UPDATE (reply, replied_at, replied_by, lifted_at, lifted_by) ON offices_suspension TO chengxin_web;

-- Rights on the catalogue: web proposes, decides and confirms, all roles read; only the derived displays are ever rewritten.

GRANT SELECT, INSERT ON catalogue_edition, catalogue_approval, catalogue_basis, catalogue_confirmation TO chengxin_web;

GRANT SELECT, INSERT, DELETE, UPDATE (in_force_until) ON catalogue_display TO chengxin_web;

GRANT SELECT ON catalogue_edition, catalogue_approval, catalogue_basis, catalogue_display TO chengxin_intake, chengxin_disposer;

-- Purpose: every version of every entry of the persons asked about with its status on one day, as known at one moment; the SQL form of rules/visible.py. What is gone today is gone, whatever day is asked about.
WITH known AS (
    SELECT e.*,
           v.newest,
           r.batch_id IS NOT NULL AS recalled,
           d.found IS NOT NULL AS catalogued,
           LEAST(e.display_until, (e.decided_on + make_interval(months => d.max_months))::date) AS shown_until,
           m.*, s.lapses_on
      FROM records_entry e
      LEFT JOIN records_recall r ON r.batch_id = e.batch_id AND r.at <= %(known_at)s
      LEFT JOIN LATERAL (
          SELECT true AS found, min(c.max_months) AS max_months
            FROM catalogue_display c
           WHERE c.item_code = e.item AND c.act_class = e.act_class
             AND c.in_force_from <= %(day)s::date AND (c.in_force_until IS NULL OR c.in_force_until > %(day)s)
          HAVING count(*) > 0
      ) d ON true
      CROSS JOIN LATERAL (
          SELECT bool_or(true) IS NULL AS newest
            FROM records_entry later
           WHERE later.person_id = e.person_id AND later.entry_id = e.entry_id
             AND later.version > e.version AND later.known_from <= %(known_at)s
      ) v
      CROSS JOIN LATERAL (
          SELECT coalesce(bool_or(k.kind = 8 AND k.version = e.version), false) AS disposed,
                 max(k.mark_id::text) FILTER (WHERE k.kind = 1) AS last_withdrawn,
                 max(k.mark_id::text) FILTER (WHERE k.kind = 6) AS last_repaired,
                 max(k.mark_id::text) FILTER (WHERE k.kind = 7) AS last_expired_early,
                 max(k.mark_id::text) FILTER (WHERE k.kind = 17) AS last_hidden,
                 max(k.mark_id::text) FILTER (WHERE k.kind = 13) AS last_readmission,
                 bool_or(k.kind = 16 AND k.lapses_on IS NOT NULL) AS a_term_ran,
                 max(k.mark_id::text) FILTER (WHERE k.kind = 2) AS last_objected,
                 max(k.mark_id::text) FILTER (WHERE k.kind = 3) AS last_objection_ended,
                 max(k.mark_id::text) FILTER (WHERE k.kind = 4) AS last_frozen,
                 max(k.mark_id::text) FILTER (WHERE k.kind = 5) AS last_unfrozen,
                 max(k.mark_id::text) FILTER (WHERE k.kind = 9) AS last_declined,
                 max(k.mark_id::text) FILTER (WHERE k.kind = 10) AS last_undeclined,
                 max(k.mark_id::text) FILTER (WHERE k.kind = 11) AS last_appealed,
                 -- with the day from which on, where it is one to come
                 max(k.mark_id::text || coalesce(k.lapses_on::text, '')) FILTER (WHERE k.kind = 12) AS last_appeal_ended,
                 max(k.mark_id::text) FILTER (WHERE k.kind = 18) AS last_stated,
                 max(k.mark_id::text) FILTER (WHERE k.kind = 19) AS last_statement_ended,
                 (min(k.at) FILTER (WHERE k.kind = 15 AND k.version = e.version) AT TIME ZONE 'Asia/Shanghai')::date
                     AS told_on,
                 min(k.final_on) FILTER (WHERE k.kind = 15 AND k.version = e.version) AS told_final
            FROM records_mark k
           WHERE k.person_id = e.person_id AND k.entry_id = e.entry_id AND k.at <= %(known_at)s
      ) m
      CROSS JOIN LATERAL (
          -- rules/silence.py: a term counts where no newer one of its clock came before its day, and no readmission after
          SELECT min(t.lapses_on) AS lapses_on
            FROM (
                SELECT k.lapses_on,
                       min((k.at AT TIME ZONE 'Asia/Shanghai')::date) OVER of_its_clock AS replaced_on,
                       max((k.at AT TIME ZONE 'Asia/Shanghai')::date) FILTER (WHERE k.kind = 13) OVER later AS readmitted_on
                  FROM records_mark k
                 WHERE m.a_term_ran AND k.person_id = e.person_id AND k.entry_id = e.entry_id AND k.at <= %(known_at)s
                   AND k.kind IN (13, 16)
                WINDOW of_its_clock AS (
                           PARTITION BY k.person_id, k.clock ORDER BY k.mark_id DESC
                           ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING),
                       later AS (
                           PARTITION BY k.person_id ORDER BY k.mark_id DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
            ) t
           WHERE coalesce(t.replaced_on >= t.lapses_on, true) AND coalesce(t.readmitted_on < t.lapses_on, true)
      ) s
     WHERE e.person_id = ANY (%(persons)b::uuid[]) AND e.known_from <= %(known_at)s
       AND (%(items)s::text[] IS NULL OR e.item = ANY (%(items)s::text[]))
), told AS (
    SELECT known.*,
           CASE
               WHEN %(erased)s THEN 'erased'
               WHEN disposed OR GREATEST(%(day)s, %(today)s) >= retain_until THEN 'disposed'
               WHEN NOT newest THEN 'superseded'
               WHEN recalled THEN 'recalled'
               WHEN last_withdrawn > coalesce(last_readmission, '') THEN 'withdrawn'
               WHEN last_repaired > coalesce(last_readmission, '') THEN 'repaired'
               WHEN last_expired_early > coalesce(last_readmission, '') THEN 'expired_early'
               WHEN %(day)s >= lapses_on THEN 'silent'
               WHEN last_hidden > coalesce(last_readmission, '') THEN 'hidden'
               WHEN shown_until IS NOT NULL AND %(day)s >= shown_until THEN 'ended'
               WHEN NOT catalogued THEN 'uncatalogued'
               WHEN last_declined > coalesce(last_undeclined, '') THEN 'declined'
               WHEN nature = 2 AND NOT coalesce(%(confirmed)s::jsonb -> person_id::text ? supplier::text, false) THEN 'unconfirmed'
               WHEN nature = 2 AND coalesce(least(served_on, told_on) > %(day)s, true) THEN 'unserved'
               WHEN nature = 2 AND coalesce(greatest(final_on, told_final) > %(day)s, true) THEN 'not_final'
               WHEN nature = 2 AND (last_appealed > coalesce(last_appeal_ended, '')
                                    OR %(day)s < nullif(substr(last_appeal_ended, 37), '')::date) THEN 'appealed'
               WHEN last_frozen > coalesce(last_unfrozen, '') THEN 'frozen'
               WHEN last_objected > coalesce(last_objection_ended, '') THEN 'objected'
               ELSE 'in_force'
           END AS status
      FROM known
)
SELECT told.person_id, told.entry_id, told.uid, told.version, told.item, told.supplier, told.status, told.nature, told.act_class,
       told.decided_on, told.act_on, CASE WHEN told.nature = 2 AND least(told.served_on, told.told_on) IS NULL THEN NULL
                                          ELSE greatest(told.final_on, told.told_final) END AS final_on, told.served_on, told.valid_from, told.valid_to,
       told.known_from, told.shown_until, told.retain_until, told.commitment, told.edition, told.batch_id, told.told_on, told.lapses_on,
       coalesce(told.last_stated > coalesce(told.last_statement_ended, ''), false) AS stated, c.sealed
  FROM told
  LEFT JOIN records_content c
    ON c.person_id = told.person_id AND c.entry_id = told.entry_id AND c.version = told.version
 WHERE told.status = ANY(%(statuses)s)
 ORDER BY told.decided_on DESC, told.entry_id DESC, told.version DESC

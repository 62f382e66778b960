-- Purpose: answered looks of one operator at persons whom they saw several times, today once more; as many as a review lists.
SELECT l.at, l.purpose, l.case_ref, l.person_id, l.outcome, l.look_uid
  FROM access_operator_look l
 WHERE l.organisation_id = %(organisation)s AND l.official_id IS NOT DISTINCT FROM %(official)s
   AND l.client_id IS NOT DISTINCT FROM %(client)s AND l.at >= %(since)s AND l.at < %(until)s AND l.outcome = 'shown'
   AND l.person_id IN (
     SELECT s.person_id FROM access_operator_look s
      WHERE s.organisation_id = %(organisation)s AND s.official_id IS NOT DISTINCT FROM %(official)s
        AND s.client_id IS NOT DISTINCT FROM %(client)s AND s.at >= %(since)s AND s.at < %(until)s AND s.outcome = 'shown'
      GROUP BY s.person_id HAVING count(*) >= %(several)s AND max(s.at) >= %(today)s)
 ORDER BY l.person_id, l.at
 LIMIT %(most)s

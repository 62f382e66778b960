-- Purpose: how often one operator asked, by day and hour in Shanghai: the operator's own usual days, and nobody else's.
SELECT (asked.at AT TIME ZONE 'Asia/Shanghai')::date, extract(hour FROM asked.at AT TIME ZONE 'Asia/Shanghai')::int, count(*)
  FROM (
    SELECT at FROM access_operator_look
     WHERE organisation_id = %(organisation)s AND official_id IS NOT DISTINCT FROM %(official)s
       AND client_id IS NOT DISTINCT FROM %(client)s AND at >= %(since)s AND at < %(until)s
    UNION ALL
    SELECT at FROM access_unheld
     WHERE organisation_id = %(organisation)s AND official_id IS NOT DISTINCT FROM %(official)s
       AND client_id IS NOT DISTINCT FROM %(client)s AND at >= %(since)s AND at < %(until)s
  ) asked
 GROUP BY 1, 2

-- Rights of role web on the tables of the libraries we use: accounts, sessions and jobs, none of them about records.

DO $$
DECLARE found record;
BEGIN
  FOR found IN
    SELECT quote_ident(relname) AS name, relkind FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'S')
      AND relname ~ '^(account|allauth_idp_oidc|mfa|socialaccount|usersessions|auth|django|procrastinate)_'
      AND relname !~ '^django_migrations'
  LOOP
    IF found.relkind = 'S' THEN
      EXECUTE format('GRANT USAGE ON SEQUENCE %s TO chengxin_web', found.name);
    ELSE
      EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO chengxin_web', found.name);
    END IF;
  END LOOP;
END $$;

-- Role intake queues what follows from what it wrote, in the same transaction; it reads no job but the number of its own.
GRANT INSERT, SELECT (id) ON procrastinate_jobs TO chengxin_intake;
GRANT INSERT ON procrastinate_events TO chengxin_intake;
GRANT USAGE ON SEQUENCE procrastinate_jobs_id_seq, procrastinate_events_id_seq TO chengxin_intake;

-- Who may start sees whether the schema is the one the code was written for.
GRANT SELECT ON django_migrations TO chengxin_web;

import type pg from 'pg'

/**
 * The database's schema as text: tables, constraints, indexes, row security, grants and functions, in
 * an order of their names. Equal schemas give equal texts, however they came to be.
 *
 * PostgreSQL's own `pg_dump` is not part of the embedded server. This is to be read and compared, not run.
 */
export async function dumpSchema(owner: pg.ClientBase): Promise<string> {
  const { rows } = await owner.query<{ text: string }>(DUMP)
  return rows.map(({ text }) => `${text}\n`).join('\n')
}

/** Names the owner as CURRENT_USER, and the tables' schema not at all. */
const DUMP = `
with spaces as (
  select oid, nspname, case when nspname = current_schema() then '' else quote_ident(nspname) || '.' end as prefix
  from pg_namespace where nspname in (current_schema(), 'directory')
), tables as (
  select c.oid, s.prefix || quote_ident(c.relname) as name, c.relrowsecurity, c.relforcerowsecurity, c.relacl, c.relowner, c.reloptions
  from pg_class c join spaces s on s.oid = c.relnamespace where c.relkind = 'r'
), grants as (
  select t.oid, string_agg(format(E'\\nGRANT %s ON %s TO %s;', what, t.name, g.grantee::regrole), '' order by g.grantee::regrole::text, what) as text
  from tables t cross join lateral (
    select grantee, string_agg(privilege_type, ', ' order by privilege_type) as what
    from aclexplode(t.relacl) where grantee <> t.relowner group by grantee
    union all
    select a.grantee, format('%s (%s)', a.privilege_type, string_agg(quote_ident(c.attname), ', ' order by c.attname))
    from pg_attribute c cross join lateral aclexplode(c.attacl) a
    where c.attrelid = t.oid and not c.attisdropped group by a.grantee, a.privilege_type
  ) g group by t.oid
), parts as (
  select 0 as part, s.nspname as name, format('-- Schema %s: %s', case s.prefix when '' then 'of the tables' else s.nspname end,
    (select string_agg(format('%s to %s', privilege_type, case grantee when 0 then 'PUBLIC' else grantee::regrole::text end), ', ' order by grantee::regrole::text, privilege_type)
     from aclexplode(n.nspacl) where grantee <> n.nspowner)) as text
  from spaces s join pg_namespace n using (oid)
  union all
  select 1, t.name, format(E'CREATE TABLE %s (\\n%s\\n);', t.name, (
      select string_agg('  ' || line, E',\\n' order by kind, number, line) from (
        select 1 as kind, a.attnum as number, concat_ws(' ', quote_ident(a.attname), format_type(a.atttypid, a.atttypmod),
          case when a.attcollation <> y.typcollation then 'COLLATE ' || a.attcollation::regcollation end,
          case when a.attgenerated = 's' then format('GENERATED ALWAYS AS (%s) STORED', pg_get_expr(d.adbin, d.adrelid, true))
            when d.oid is not null then 'DEFAULT ' || pg_get_expr(d.adbin, d.adrelid, true) end,
          case when a.attnotnull then 'NOT NULL' end,
          case when a.attoptions is not null then format('SET (%s)', array_to_string(a.attoptions, ', ')) end) as line
        from pg_attribute a join pg_type y on y.oid = a.atttypid
        left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
        where a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
        union all
        select 2, 0, format('CONSTRAINT %I %s', k.conname, pg_get_constraintdef(k.oid, true))
        from pg_constraint k where k.conrelid = t.oid and k.contype <> 'n'
      ) as lines))
    || coalesce((select string_agg(E'\\n' || pg_get_indexdef(i.indexrelid, 0, true) || ';', '' order by i.indexrelid::regclass::text)
      from pg_index i where i.indrelid = t.oid
        and not exists (select from pg_constraint k where k.conindid = i.indexrelid)), '')
    || coalesce((select string_agg(E'\\n' || pg_get_triggerdef(g.oid, true) || ';', '' order by g.tgname)
      from pg_trigger g where g.tgrelid = t.oid and not g.tgisinternal), '')
    || case when t.relrowsecurity then format(E'\\nALTER TABLE %s ENABLE ROW LEVEL SECURITY;', t.name) else '' end
    || case when t.relforcerowsecurity then format(E'\\nALTER TABLE %s FORCE ROW LEVEL SECURITY;', t.name) else '' end
    || coalesce((select string_agg(concat_ws(' ', format(E'\\nCREATE POLICY %I ON %s', p.polname, t.name),
        case when not p.polpermissive then 'AS RESTRICTIVE' end,
        case p.polcmd when '*' then null when 'r' then 'FOR SELECT' when 'a' then 'FOR INSERT' when 'w' then 'FOR UPDATE' else 'FOR DELETE' end,
        (select 'TO ' || string_agg(case when r = t.relowner then 'CURRENT_USER' else r::regrole::text end, ', ') from unnest(p.polroles) r where r <> 0),
        'USING (' || pg_get_expr(p.polqual, p.polrelid, true) || ')',
        'WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid, true) || ')') || ';', '' order by p.polname)
      from pg_policy p where p.polrelid = t.oid), '')
    || case when t.reloptions is null then '' else format(E'\\nALTER TABLE %s SET (%s);', t.name, array_to_string(t.reloptions, ', ')) end
    || coalesce((select text from grants g where g.oid = t.oid), '') as text
  from tables t
  union all
  select 2, s.prefix || quote_ident(f.proname) || '(' || pg_get_function_identity_arguments(f.oid) || ')',
    replace(replace(pg_get_functiondef(f.oid), 'FUNCTION ' || quote_ident(s.nspname) || '.', 'FUNCTION ' || s.prefix),
      quote_literal(current_schema()), 'current_schema')
    || format(E';\\n-- May be called by: %s', (select string_agg(case a.grantee when 0 then 'PUBLIC' else a.grantee::regrole::text end, ', ' order by a.grantee::regrole::text)
        from aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) a where a.grantee <> f.proowner)) as text
  from pg_proc f join spaces s on s.oid = f.pronamespace
)
select text from parts order by part, name`

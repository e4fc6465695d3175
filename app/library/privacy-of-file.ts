/**
 * The privacy that holds for a file, in SQL that knows its `file AS f` and that file's `root AS r`: that of the innermost folder
 * around it that has one, else its root's (decision 0164).
 */
export const privacyOfFile = `coalesce((SELECT inside.privacy FROM folder_privacy AS inside
  WHERE inside.root_id = f.root_id
    AND f.relative_path >= inside.relative_path || '/' AND f.relative_path < inside.relative_path || '0'
  ORDER BY length(inside.relative_path) DESC LIMIT 1), r.privacy)`;

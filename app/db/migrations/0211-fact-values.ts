import type { Migration } from '../migrate.ts';

const facts = ['camera_model', 'lens', 'place'] as const;

const countUp = (fact: string): string => `
  INSERT INTO fact_value (fact, name, photos) SELECT '${fact}', new.${fact}, 1 WHERE new.${fact} IS NOT NULL
  ON CONFLICT (fact, name) DO UPDATE SET photos = photos + 1;`;

const countDown = (fact: string): string => `
  UPDATE fact_value SET photos = photos - 1 WHERE fact = '${fact}' AND name = old.${fact};
  DELETE FROM fact_value WHERE fact = '${fact}' AND name = old.${fact} AND photos <= 0;`;

/** How many photos have each camera, lens and place, kept in step: who types `camera:` does not wait for a count of all. */
export const factValuesMigration: Migration = {
  version: 211,
  name: 'fact-values',
  up: `
    CREATE TABLE fact_value (
      fact TEXT NOT NULL,               -- the column of asset
      name TEXT NOT NULL,
      photos INTEGER NOT NULL,
      PRIMARY KEY (fact, name)
    ) WITHOUT ROWID;
    ${facts
      .map(
        (fact) => `
          INSERT INTO fact_value (fact, name, photos)
          SELECT '${fact}', ${fact}, count(*) FROM asset WHERE ${fact} IS NOT NULL GROUP BY ${fact};
          CREATE TRIGGER fact_value_${fact} AFTER UPDATE OF ${fact} ON asset WHEN old.${fact} IS NOT new.${fact} BEGIN
            ${countDown(fact)} ${countUp(fact)}
          END;`,
      )
      .join('')}
    CREATE TRIGGER fact_value_insert AFTER INSERT ON asset BEGIN ${facts.map(countUp).join('')} END;
    CREATE TRIGGER fact_value_delete AFTER DELETE ON asset BEGIN ${facts.map(countDown).join('')} END;
  `,
};

import { expect, it } from 'vitest';
import { isAdministrativeName } from '../../app/providers/administrative-name.ts';

it.each([
  'Regierungsbezirk Darmstadt',
  'Provincia di Belluno',
  'Landkreis Starnberg',
  'Politischer Bezirk Bregenz',
  'Los Angeles County',
  'Stockholm County',
  'Fatih İlçesi',
  'Moscow Oblast',
  'Huyện Sóc Sơn',
  'Kreisfreie Stadt München',
])('%s is a name that offices use', (name) => {
  expect(isAdministrativeName(name)).toBe(true);
});

it.each([
  'Bavaria',
  'Upper Bavaria',
  'Veneto',
  'Île-de-France',
  'Alpes-Maritimes',
  'Greater London',
  'Sydney',
  'New York City',
  'Free State',
  'Provence',
  'Gran Canaria',
  'Cumbria',
  'Balearic Islands',
  'Gradisca',
  'Cantabria',
])('%s is one that a photographer would type', (name) => {
  expect(isAdministrativeName(name)).toBe(false);
});

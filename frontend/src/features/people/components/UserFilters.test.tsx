import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { type ReactNode, useState } from 'react';
import { expect, test } from 'vitest';
import type { PeopleSearch } from '@/lib/peopleSearch';
import { renderPart } from '@/testing/renderPart';
import { UserFilters } from './UserFilters';

/** The address of the page, its links, and the filters; `late` ones arrive when they are followed. */
function Addressed({ late = false }) {
  const [search, setSearch] = useState<PeopleSearch>({});
  const [wanted, setWanted] = useState<PeopleSearch>({});
  const link = (name: string, to: PeopleSearch): ReactNode => (
    <button onClick={() => setSearch(to)}>{name}</button>
  );
  return (
    <>
      {link('everybody', {})}
      {link('ann', { text: 'ann' })}
      {link('wanted', wanted)}
      <output>{JSON.stringify(wanted)}</output>
      <UserFilters
        search={search}
        onSearch={(next) => {
          setWanted(next);
          if (!late) setSearch(next);
        }}
      />
    </>
  );
}

const wanted = (text: string) =>
  waitFor(() => expect(screen.getByRole('status')).toHaveTextContent(JSON.stringify({ text })));

const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));

test('the field says what the address looks for, whoever changed that', async () => {
  renderPart(<Addressed />);
  const field = screen.getByRole('searchbox');
  await userEvent.type(field, 'ann ');
  await wanted('ann');
  expect(field).toHaveValue('ann ');
  await press('everybody');
  expect(field).toHaveValue('');
  await press('ann');
  expect(field).toHaveValue('ann');
});

test('an address that arrives late takes nothing from what was typed since', async () => {
  renderPart(<Addressed late />);
  const field = screen.getByRole('searchbox');
  fireEvent.change(field, { target: { value: 'ann' } });
  await wanted('ann');
  fireEvent.change(field, { target: { value: 'anna' } });
  fireEvent.click(screen.getByRole('button', { name: 'wanted' }));
  expect(field).toHaveValue('anna');
});

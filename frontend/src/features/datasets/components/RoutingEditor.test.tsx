import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, test, vi } from 'vitest';
import { renderPart } from '@/testing/renderPart';
import { RoutingEditor, type Route } from './RoutingEditor';

function Editor({ first, seen }: { first: Route[]; seen: (routes: Route[]) => void }) {
  const [routes, setRoutes] = useState(first);
  return (
    <RoutingEditor
      routes={routes}
      error={null}
      onChange={(changed) => {
        seen(changed);
        setRoutes(changed);
      }}
    />
  );
}

test('a row says which value goes to whom', async () => {
  const seen = vi.fn();
  renderPart(<Editor first={[]} seen={seen} />);
  await userEvent.click(screen.getByRole('button', { name: 'Add a row' }));
  await userEvent.type(screen.getByRole('textbox', { name: 'Meta key' }), 'kind');
  await userEvent.type(screen.getByRole('textbox', { name: 'Value' }), 'cat');
  const people = screen.getByLabelText('E-mail addresses', { selector: 'input' });
  await userEvent.type(people, 'ann@example.org, ben@example.org{Enter}');
  expect(seen).toHaveBeenLastCalledWith([
    { meta: 'kind', equals: 'cat', to: ['ann@example.org', 'ben@example.org'] },
  ]);
});

test('a row that asks the meta itself compares no value; the trash takes a row away', async () => {
  const seen = vi.fn();
  renderPart(
    <Editor
      seen={seen}
      first={[
        { meta: 'kind', equals: 7, to: ['ann@example.org'] },
        { meta: 'author', to: 'others' },
      ]}
    />,
  );
  const kinds = screen.getAllByRole('combobox', { name: 'Images' });
  await userEvent.selectOptions(kinds[0] as HTMLElement, 'go to whoever they name');
  expect(seen).toHaveBeenLastCalledWith([
    { meta: 'kind', to: 'named' },
    { meta: 'author', to: 'others' },
  ]);
  expect(screen.queryByRole('textbox', { name: 'Value' })).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Remove row 1' }));
  expect(seen).toHaveBeenLastCalledWith([{ meta: 'author', to: 'others' }]);
});

import { ActionIcon, Autocomplete, Button, Input, Select, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/components/Icon';
import { type Role, ROLES } from '@/lib/datasets';
import { useMe } from '@/lib/me';
import { knownPeopleQuery } from '../api/knownPeople';
import type { NewDataset } from '../api/createDataset';
import { OverlapField } from '../components/OverlapField';
import { ReviewPolicyField } from '../components/ReviewPolicyField';
import type { Invitee } from './draft';
import classes from './start.module.css';
import type { Inviting } from './useInviting';

interface Props {
  dataset: NewDataset;
  people: readonly Invitee[];
  inviting: Inviting;
  error: unknown;
  onDataset: (dataset: NewDataset) => void;
  onPeople: (people: Invitee[]) => void;
}

/** Who answers, how many of them each image, and who looks at what they differ on. */
export function PeopleStep({ dataset, people, inviting, error, onDataset, onPeople }: Props) {
  const { t } = useTranslation('datasets');
  const put = (at: number, role: Role) =>
    onPeople(people.map((each, n) => (n === at ? { ...each, role } : each)));
  return (
    <Stack gap="lg">
      <Input.Wrapper
        label={t('start.people')}
        description={t('start.peopleHint')}
        labelElement="div"
      >
        <ul className={classes.people} aria-label={t('start.people')}>
          {people.map(({ email, role }, at) => (
            <li key={email}>
              <span>{email}</span>
              <RoleSelect
                name={t('start.roleOf', { email })}
                value={role}
                onChange={(wanted) => put(at, wanted)}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                size="lg"
                aria-label={t('editor.remove', { name: email })}
                onClick={() => onPeople(people.filter((_, n) => n !== at))}
              >
                <Icon name="trash" />
              </ActionIcon>
            </li>
          ))}
        </ul>
        <AddPerson people={people} inviting={inviting} />
      </Input.Wrapper>
      <OverlapField
        value={dataset.overlap}
        error={error}
        onChange={(overlap) => onDataset({ ...dataset, overlap })}
      />
      <ReviewPolicyField
        value={dataset.review_policy}
        error={error}
        onChange={(review_policy) => onDataset({ ...dataset, review_policy })}
      />
    </Stack>
  );
}

function AddPerson({ people, inviting }: Pick<Props, 'people' | 'inviting'>) {
  const { t } = useTranslation('datasets');
  const me = useMe();
  const known = useQuery(knownPeopleQuery(me));
  const { typed, fault, type, add } = inviting;
  const nothing = typed.text.trim() === '';
  const names = new Map(known.data?.map(({ email, name }) => [email, name]));

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Enter' || nothing) return;
    event.preventDefault(); // Enter adds a person; with nothing typed it goes on.
    add();
  }

  const taken = new Set(people.map(({ email }) => email));
  return (
    <div className={classes.invite}>
      <Autocomplete
        aria-label={t('members.email')}
        placeholder={t('members.emailPlaceholder')}
        data={[...names.keys()].filter((email) => !taken.has(email))}
        limit={8}
        autoComplete="off"
        error={fault && t(`start.fault.${fault.code}`, { email: fault.email })}
        value={typed.text}
        onChange={(text) => type({ ...typed, text })}
        onKeyDown={onKeyDown}
        renderOption={({ option }) => (
          <span className={classes.known}>
            <b>{names.get(option.value)}</b> {option.value}
          </span>
        )}
      />
      <RoleSelect
        name={t('members.role')}
        value={typed.role}
        onChange={(role) => type({ ...typed, role })}
      />
      <Button variant="default" disabled={nothing} onClick={add}>
        {t('editor.add')}
      </Button>
    </div>
  );
}

function RoleSelect(props: { name: string; value: Role; onChange: (role: Role) => void }) {
  const { t } = useTranslation('datasets');
  return (
    <Select
      aria-label={props.name}
      allowDeselect={false}
      data={ROLES.map((value) => ({ value, label: t(`role.${value}`, { ns: 'shell' }) }))}
      value={props.value}
      onChange={(value) => props.onChange(value as Role)}
    />
  );
}

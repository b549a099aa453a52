import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { previewQuery, type Recipe } from '../api/compositions';

const WHILE_TYPING = 300;

/** What would come of a recipe, asked once somebody has stopped changing it. */
export function usePreview(slug: string, recipe: Recipe) {
  const [settled] = useDebouncedValue(recipe, WHILE_TYPING);
  return useQuery({ ...previewQuery(slug, settled), placeholderData: keepPreviousData });
}

/** An image of the dataset in Markdown; its name, which may hold anything, only describes it. */
export function imageMarkdown({ id, name }: { id: string; name: string }): string {
  const words = name.replace(/[\\[\]]/g, '\\$&').replace(/\s+/g, ' ');
  return `![${words}](/api/images/${id}/file/)`;
}

import { registerEnumType } from 'type-graphql';

const names = new Map<object, string>();

/** Registers a GraphQL enum with a sentence for every value. */
export function graphEnum<E extends object>(enumType: E, name: string, description: string, values: { readonly [K in Extract<keyof E, string>]: string }): void {
  registerEnumType(enumType, {
    name,
    description,
    valuesConfig: Object.fromEntries(Object.entries(values).map(([key, text]) => [key, { description: text as string }])) as never,
  });
  names.set(enumType, name);
}

export function enumNameOf(enumType: object): string {
  const name = names.get(enumType);
  if (!name) throw new Error('The enum is not registered with graphEnum');
  return name;
}

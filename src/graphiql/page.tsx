import './workers';
import { explorerPlugin } from '@graphiql/plugin-explorer';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { createRoot } from 'react-dom/client';
import { firstVariables, storageFor, tabsOf, type Example } from './tabs';
import 'graphiql/style.css';
import '@graphiql/plugin-explorer/style.css';
import './page.css';

async function loadExamples(): Promise<Example[]> {
  const response = await fetch('/graphiql/examples.json');
  return response.ok ? (response.json() as Promise<Example[]>) : [];
}

async function open(): Promise<void> {
  const examples = await loadExamples();
  const storage = storageFor(examples);
  const variables = firstVariables(examples, storage);
  const place = document.getElementById('page');
  if (!place) throw new Error('The page has no place for GraphiQL');
  createRoot(place).render(
    <GraphiQL
      fetcher={createGraphiQLFetcher({ url: '/graphql' })}
      plugins={[HISTORY_PLUGIN, explorerPlugin()]}
      {...(examples.length > 0 && { defaultTabs: tabsOf(examples) })}
      {...(variables !== undefined && { initialVariables: variables })}
      storage={storage}
      shouldPersistHeaders={false}
      inputValueDeprecation
    />,
  );
}

void open();

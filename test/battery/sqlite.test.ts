import { runDatabaseBattery } from './database.ts';
import { runQueueModel } from './queue-model.ts';
import { runQueueBattery } from './queue.ts';
import { openSqliteBench } from './sqlite-bench.ts';

runDatabaseBattery( 'SQLite', openSqliteBench );
runQueueBattery( 'SQLite', openSqliteBench );
runQueueModel( 'SQLite', openSqliteBench );

import { runBrightpearlBattery } from './brightpearl.ts';
import { runConsoleBattery } from './console.ts';
import { runDatabaseBattery } from './database.ts';
import { runPairingBattery } from './pairing.ts';
import { runQueueModel } from './queue-model.ts';
import { runQueueBattery } from './queue.ts';
import { openSqliteBench } from './sqlite-bench.ts';

runDatabaseBattery( 'SQLite', openSqliteBench );
runConsoleBattery( 'SQLite', openSqliteBench );
runBrightpearlBattery( 'SQLite', openSqliteBench );
runPairingBattery( 'SQLite', openSqliteBench );
runQueueBattery( 'SQLite', openSqliteBench );
runQueueModel( 'SQLite', openSqliteBench );

/** The settings as a file: for another shop, or a fresh start. */
import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { useAsk, useCommand } from '../../api/client.tsx';
import { apiError } from '../../api/errors.ts';
import {
	CommandButton,
	Confirm,
	ErrorNotice,
	Panel,
	formatDateTime,
	notify,
} from '../../components/index.ts';
import { download, fileName } from '../../components/download.ts';
import { UploadButton } from '../../components/upload-button.tsx';
import type { ApiError } from '../../host.ts';
import { inFormWords } from './file-faults.ts';
import { readSettingsFile } from './settings-file.ts';
import type { SettingsFile } from './settings-file.ts';

export function FilePanel( {
	connection,
	dirty,
	onImported,
}: {
	readonly connection: string;
	/** Something is typed and not saved: an import takes it away. */
	readonly dirty: boolean;
	readonly onImported: () => void;
} ) {
	const read = useAsk( 'settingsExport' );
	const load = useCommand( 'settingsImport' );
	const [ reading, setReading ] = useState( false );
	const [ error, setError ] = useState< ApiError | null >( null );
	const [ file, setFile ] = useState< SettingsFile | null >( null );
	const save = async (): Promise< void > => {
		setReading( true );
		setError( null );
		const answer = await read( { connection } );
		setReading( false );
		if ( answer.ok ) {
			download(
				fileName( connection, 'settings', 'json', new Date() ),
				'application/json',
				`${ JSON.stringify( answer.value, null, '\t' ) }\n`
			);
		} else {
			setError( answer.error );
		}
	};
	const run = async ( { document }: SettingsFile ): Promise< void > => {
		const answer = await load.run( { connection, document } );
		if ( answer.ok ) {
			setFile( null );
			notify( __( 'The settings are imported.', 'pearlbridge' ) );
			onImported();
		}
	};
	return (
		<Panel
			id="pb-section-file"
			title={ __( 'Settings as a file', 'pearlbridge' ) }
		>
			<div className="pb-aliases">
				<p>
					{ __(
						'All settings and SKU aliases, without keys and passwords. What was typed and not saved is not in it.',
						'pearlbridge'
					) }
				</p>
				<ErrorNotice
					error={ error }
					onDismiss={ () => setError( null ) }
				/>
				<div className="pb-row">
					<CommandButton
						busy={ reading }
						onClick={ () => void save() }
					>
						{ __( 'Download', 'pearlbridge' ) }
					</CommandButton>
					<UploadButton
						accept=".json,application/json"
						onFile={ ( { name, text } ) => {
							const found = readSettingsFile( name, text );
							setFile( found );
							setError(
								found === null
									? apiError(
											'no-settings-file',
											sprintf(
												/* translators: %s: name of a file */
												__(
													'%s is no file of settings.',
													'pearlbridge'
												),
												name
											),
											{
												fix: __(
													'Choose a file that was downloaded here or written by “settings export”.',
													'pearlbridge'
												),
											}
										)
									: null
							);
						} }
					>
						{ __( 'Import…', 'pearlbridge' ) }
					</UploadButton>
				</div>
			</div>
			{ file !== null && (
				<Confirm
					title={ __( 'Import these settings?', 'pearlbridge' ) }
					action={ __( 'Import', 'pearlbridge' ) }
					destructive={ dirty }
					busy={ load.busy }
					error={ load.error && inFormWords( load.error ) }
					onConfirm={ () => void run( file ) }
					onClose={ () => {
						load.reset();
						setFile( null );
					} }
				>
					<p>{ fileText( file ) }</p>
					<p>
						{ __(
							'They replace all settings and aliases of this connection, but for when it is live and its reference prefix.',
							'pearlbridge'
						) }
					</p>
					{ dirty && (
						<p>
							<strong>
								{ __(
									'What you typed and did not save is lost.',
									'pearlbridge'
								) }
							</strong>
						</p>
					) }
				</Confirm>
			) }
		</Panel>
	);
}

function fileText( { name, connection, exportedAt }: SettingsFile ): string {
	return connection === null || exportedAt === null
		? name
		: sprintf(
				/* translators: 1: name of a file, 2: name of a connection, 3: date and time */
				__( '%1$s: the settings of %2$s, of %3$s.', 'pearlbridge' ),
				name,
				connection,
				formatDateTime( exportedAt )
			);
}

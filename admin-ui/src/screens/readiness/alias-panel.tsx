/** SKU aliases: the shop's SKU and the one Brightpearl has for it; downloaded, and replaced by a file. */
import { useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import { useCommand, useOperation } from '../../api/client.tsx';
import { apiError } from '../../api/errors.ts';
import {
	CommandButton,
	Confirm,
	DataTable,
	ErrorNotice,
	Panel,
	formatNumber,
	notify,
} from '../../components/index.ts';
import { download, fileName } from '../../components/download.ts';
import { UploadButton } from '../../components/upload-button.tsx';
import type { Upload } from '../../components/upload-button.tsx';
import { aliasFaults } from './alias-faults.ts';
import { aliasCsv } from './proposals.ts';

/** As long as the operation takes it. */
const LONGEST = 20_000_000;
const SHOWN = 10;

export function AliasPanel( {
	connection,
	onImported,
}: {
	readonly connection: string;
	readonly onImported: () => void;
} ) {
	const list = useOperation(
		'aliasesExport',
		{ connection },
		{
			keep: false,
			refreshOn: ( event ) =>
				event.event === 'changed' &&
				event.what === 'settings' &&
				event.connection === connection,
		}
	);
	const load = useCommand( 'aliasesImport' );
	const [ file, setFile ] = useState< Upload | null >( null );
	const [ tooLong, setTooLong ] = useState( false );
	const total = list.data?.total ?? 0;
	const items = list.data?.items ?? null;
	const run = async ( { text }: Upload ): Promise< void > => {
		const answer = await load.run( { connection, csv: text } );
		if ( answer.ok ) {
			setFile( null );
			notify(
				sprintf(
					/* translators: 1: number of aliases, 2: number of orders */
					__(
						'Aliases imported: %1$s. Orders looked at again: %2$s.',
						'pearlbridge'
					),
					formatNumber( answer.value.imported ),
					formatNumber( answer.value.retried )
				)
			);
			list.reload();
			onImported();
		}
	};
	return (
		<Panel
			title={ __( 'SKU aliases', 'pearlbridge' ) }
			actions={
				items !== null &&
				items.length > 0 && (
					<CommandButton
						size="compact"
						onClick={ () =>
							download(
								fileName(
									connection,
									'aliases',
									'csv',
									new Date()
								),
								'text/csv;charset=utf-8',
								aliasCsv( items )
							)
						}
					>
						{ __( 'Download', 'pearlbridge' ) }
					</CommandButton>
				)
			}
		>
			<div className="pb-aliases">
				<p>
					{ __(
						'Where the shop and Brightpearl call the same product differently, an alias says so: the shop’s SKU, and the SKU in Brightpearl.',
						'pearlbridge'
					) }
				</p>
				<ErrorNotice error={ list.error } retry={ list.reload } />
				{ tooLong && (
					<ErrorNotice
						error={ apiError(
							'too-long',
							__(
								'The file is larger than 20 MB.',
								'pearlbridge'
							)
						) }
						onDismiss={ () => setTooLong( false ) }
					/>
				) }
				{ items !== null && items.length === 0 && (
					<p className="pb-muted">
						{ __( 'There is no alias yet.', 'pearlbridge' ) }
					</p>
				) }
				{ items !== null && items.length > 0 && (
					<>
						<DataTable
							caption={ __( 'SKU aliases', 'pearlbridge' ) }
							columns={ [
								{
									id: 'sku',
									label: __(
										'SKU in the shop',
										'pearlbridge'
									),
									primary: true,
									render: ( { sku } ) => <code>{ sku }</code>,
								},
								{
									id: 'alias',
									label: __(
										'SKU in Brightpearl',
										'pearlbridge'
									),
									render: ( { alias } ) => (
										<code>{ alias }</code>
									),
								},
							] }
							items={ items.slice( 0, SHOWN ) }
							itemKey={ ( { sku } ) => sku }
							empty={ null }
						/>
						{ total > SHOWN && (
							<p className="pb-muted">
								{ sprintf(
									/* translators: 1: number of aliases shown, 2: number of all aliases */
									__(
										'The first %1$s of %2$s; the download has all of them.',
										'pearlbridge'
									),
									formatNumber( SHOWN ),
									formatNumber( total )
								) }
							</p>
						) }
					</>
				) }
				<div className="pb-row">
					<UploadButton
						accept=".csv,text/csv"
						onFile={ ( chosen ) => {
							setTooLong( chosen.size > LONGEST );
							setFile( chosen.size > LONGEST ? null : chosen );
						} }
					>
						{ __( 'Import a CSV file…', 'pearlbridge' ) }
					</UploadButton>
					<span className="pb-muted">
						{ __( 'With the columns', 'pearlbridge' ) }{ ' ' }
						<code>sku</code>, <code>alias</code>
					</span>
				</div>
			</div>
			{ file !== null && (
				<Confirm
					title={ __( 'Import these aliases?', 'pearlbridge' ) }
					action={ __( 'Import', 'pearlbridge' ) }
					busy={ load.busy }
					error={ aliasFaults( load.error ) }
					onConfirm={ () => void run( file ) }
					onClose={ () => {
						load.reset();
						setFile( null );
					} }
				>
					<p>
						{ total === 0
							? sprintf(
									/* translators: %s: name of a file */
									__(
										'The aliases of %s are taken over.',
										'pearlbridge'
									),
									file.name
								)
							: sprintf(
									/* translators: 1: number of aliases there are, 2: name of a file */
									_n(
										'The %1$s alias there is now is replaced by those of %2$s.',
										'The %1$s aliases there are now are replaced by those of %2$s.',
										total,
										'pearlbridge'
									),
									formatNumber( total ),
									file.name
								) }
					</p>
					<p>
						{ __(
							'A file with a fault changes nothing. Orders that wait for an unknown SKU are looked at again.',
							'pearlbridge'
						) }
					</p>
				</Confirm>
			) }
		</Panel>
	);
}

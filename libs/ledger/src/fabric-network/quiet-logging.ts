/**
 * fabric-common writes its errors to the console by itself, the overcome ones too; here they are results.
 * Imported before it: it looks once, when it is loaded.
 */
process.env['HFC_LOGGING'] ??= '{}';

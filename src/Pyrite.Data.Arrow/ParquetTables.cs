using Pyrite.Conversion;
using Pyrite.Serialization;

namespace Pyrite;

/// <summary>Tables from and to Parquet files.</summary>
/// <remarks>Numbers of any width become numbers or whole numbers, texts become categories, timestamps become dates; missing values stay missing.
/// Columns of other types, and nested ones, are refused by name.</remarks>
public static class ParquetTables
{
    extension(Table table)
    {
        /// <summary>Writes a Parquet file of one row group, packed with Snappy.</summary>
        /// <param name="path">The file; an earlier one is replaced as a whole or not at all.</param>
        /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
        public void SaveParquet(string path)
        {
            ArgumentNullException.ThrowIfNull(table);
            ArgumentException.ThrowIfNullOrEmpty(path);

            // The library wants a stream that it can ask for its position.
            using MemoryStream content = Waiting.For(() => ParquetFiles.WriteAsync(table));
            AtomicFile.Write(path, stream => content.WriteTo(stream));
        }

        /// <summary>Reads a Parquet file.</summary>
        /// <remarks>Damaged files are refused. Of the file's description of itself, only what a table needs is read: types, names and places of
        /// columns; notes and bounds of values are left out.</remarks>
        /// <param name="path">The file.</param>
        /// <returns>All its row groups, one after the other.</returns>
        /// <exception cref="InvalidDataException">It is no Parquet file, it is broken, or a column is of a type that tables do not have.</exception>
        public static Table ReadParquet(string path)
        {
            ArgumentException.ThrowIfNullOrEmpty(path);
            return Fault.InFile(path, "a Parquet file", () => Waiting.For(() => ParquetFiles.ReadAsync(path)));
        }
    }
}

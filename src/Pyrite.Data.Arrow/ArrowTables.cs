using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using Pyrite.Conversion;
using Pyrite.Serialization;

namespace Pyrite;

/// <summary>Tables from and to Apache Arrow.</summary>
/// <remarks>Numbers of any width become numbers or whole numbers, texts become categories, dates and timestamps become dates (in UTC); missing values
/// stay missing. Columns of other types are refused by name.</remarks>
public static class ArrowTables
{
    /// <summary>LZ4 packs no tighter.</summary>
    private const int MostPacking = 255;

    private const int LeastMemory = 1 << 20;

    extension(Table table)
    {
        /// <summary>The table as a record batch: numbers as Float64, whole numbers as Int64, truth values as Boolean, categories as a dictionary of
        /// texts, dates as timestamps in microseconds.</summary>
        public RecordBatch ToRecordBatch()
        {
            ArgumentNullException.ThrowIfNull(table);
            return ArrowWriter.BatchOf(table);
        }

        /// <summary>Writes an Arrow file (also called Feather, version 2).</summary>
        /// <param name="path">The file; an earlier one is replaced as a whole or not at all.</param>
        /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
        public void SaveArrow(string path)
        {
            ArgumentNullException.ThrowIfNull(table);
            ArgumentException.ThrowIfNullOrEmpty(path);
            using RecordBatch batch = ArrowWriter.BatchOf(table);
            AtomicFile.Write(path, stream =>
            {
                using ArrowFileWriter writer = new(stream, batch.Schema, leaveOpen: true);
                writer.WriteRecordBatch(batch);
                writer.WriteEnd();
            });
        }

        /// <summary>Reads an Arrow file (also called Feather, version 2), packed or not.</summary>
        /// <param name="path">The file.</param>
        /// <returns>All its record batches, one after the other.</returns>
        /// <exception cref="InvalidDataException">It is no Arrow file, it is broken, or a column is of a type that tables do not have.</exception>
        public static Table ReadArrow(string path)
        {
            ArgumentException.ThrowIfNullOrEmpty(path);
            return Fault.InFile(path, "an Arrow file", () =>
            {
                using FileStream stream = File.OpenRead(path);
                BoundedAllocator memory = new((stream.Length * MostPacking) + LeastMemory);
                using ArrowFileReader reader = new(stream, memory, new CompressionCodecFactory());
                List<RecordBatch> batches = [];
                while (reader.ReadNextRecordBatch() is { } batch)
                {
                    batches.Add(batch);
                }
                return ArrowReader.TableOf(reader.Schema, batches);
            });
        }

        /// <summary>A record batch as a table.</summary>
        /// <param name="batch">The batch.</param>
        /// <exception cref="InvalidDataException">A column is of a type that tables do not have.</exception>
        public static Table From(RecordBatch batch)
        {
            ArgumentNullException.ThrowIfNull(batch);
            return Fault.InMemory(() => ArrowReader.TableOf(batch.Schema, [batch]));
        }
    }
}

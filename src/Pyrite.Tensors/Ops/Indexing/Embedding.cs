using Pyrite.Ops.Indexing;

namespace Pyrite;

/// <content>Rows of tables.</content>
public static partial class Taking
{
    extension(Tensor x)
    {
        /// <summary>Rows of a table (x, [rows, width]) by number: the layer that turns words into vectors.</summary>
        /// <param name="indices">Integers of any shape, each one of the rows: -1 names none.</param>
        /// <param name="paddingRow">A row that gets no gradient, or null; a negative one counts from the end.</param>
        /// <returns>The shape of the indices followed by the width.</returns>
        /// <exception cref="ArgumentException">The table is no matrix, or the indices are no integers.</exception>
        /// <exception cref="ArgumentOutOfRangeException">An index names no row; in a recorded step, when it runs.</exception>
        public Tensor Embedding(Tensor indices, int? paddingRow = null)
        {
            if (x.Rank != 2)
            {
                throw new ArgumentException($"embedding: the table is a matrix [rows, width]; found shape {x.Shape}.", nameof(x));
            }
            Tensor numbers = LabelOperation.Of("embedding", indices, x.Shape[0]), rows = x.Take(numbers);
            return paddingRow is { } row ? Tensor.Where(numbers.EqualTo(row < 0 ? row + x.Shape[0] : row).Unsqueeze(-1), rows.Detach(), rows) : rows;
        }
    }
}

using System.Numerics;

namespace Pyrite.Checks;

/// <summary>1 where no two rows of an array [n, columns] are equal, else 0.</summary>
internal readonly record struct RowsApart : ITensorOperation
{
    public string Name => "rows apart";

    /// <summary>Whether they are, as a Bool scalar.</summary>
    public static Tensor Verdict(Tensor rows) => Tensor.Apply(default(RowsApart), rows) > 0.5;

    /// <summary>Two rows that are equal; null where there are none.</summary>
    public static (int First, int Second)? Pair<T>(ReadOnlySpan<T> numbers, int columns) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int[] order = [.. Enumerable.Range(0, numbers.Length / columns)];
        T[] rows = numbers.ToArray();
        Array.Sort(order, (a, b) =>
        {
            int sign = rows.AsSpan(a * columns, columns).SequenceCompareTo(rows.AsSpan(b * columns, columns));
            return sign != 0 ? sign : a.CompareTo(b);
        });
        for (int i = 1; i < order.Length; i++)
        {
            if (rows.AsSpan(order[i] * columns, columns).SequenceEqual(rows.AsSpan(order[i - 1] * columns, columns)))
            {
                return (order[i - 1], order[i]);
            }
        }
        return null;
    }

    public Shape ResultShape(ReadOnlySpan<Shape> inputs) => Shape.Scalar;

    public void Compute<T>(OperationInputs<T> inputs, Span<T> result) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape shape = inputs.ShapeOf(0);
        int area = shape[^1] * shape[^2];
        bool isApart = true;
        for (int start = 0; start < inputs[0].Length && isApart; start += area)
        {
            isApart = Pair(inputs[0].Slice(start, area), shape[^1]) is null;
        }
        result[0] = isApart ? T.One : T.Zero;
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => null;
}

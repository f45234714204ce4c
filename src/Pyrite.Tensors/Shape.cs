using System.Collections;
using System.Runtime.CompilerServices;
using Pyrite.Text;

namespace Pyrite;

/// <summary>The sizes of a tensor's axes, outermost first.</summary>
/// <remarks>Immutable and compared by value. A scalar has no axes; a size may be 0. Written as a collection expression: <c>Shape s = [128,
/// 2];</c></remarks>
[CollectionBuilder(typeof(Shape), nameof(Create))]
public sealed class Shape : IEquatable<Shape>, IReadOnlyList<int>
{
    /// <summary>The shape without axes: one element.</summary>
    public static readonly Shape Scalar = new([]);

    private const int RecentBits = 9;
    private const int RecentCount = 1 << RecentBits;

    // The same few shapes come again in every step, so the last ones are kept.
    [ThreadStatic]
    private static Shape?[]? recent;

    private readonly int[] sizes;

    private Shape(int[] sizes)
    {
        this.sizes = sizes;
        long count = 1;
        foreach (int size in sizes)
        {
            if (size < 0)
            {
                throw new ArgumentOutOfRangeException(nameof(sizes), $"A shape needs sizes of 0 or more; found [{NumberList.Text(sizes)}].");
            }
            count = checked(count * size);
        }
        Count = count;
    }

    /// <summary>The number of axes.</summary>
    public int Rank => sizes.Length;

    /// <summary>The number of elements: the product of all sizes, 1 for a scalar.</summary>
    public long Count { get; }

    int IReadOnlyCollection<int>.Count => sizes.Length;

    /// <summary>The sizes, outermost first.</summary>
    public ReadOnlySpan<int> Sizes => sizes;

    /// <summary>The size of an axis; negative axes count from the end.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public int this[int axis] => sizes[Axis(axis)];

    /// <summary>The size of an axis, <c>^1</c> being the last.</summary>
    public int this[Index axis] => sizes[axis];

    /// <summary>The axes of a range as a shape of their own.</summary>
    public Shape this[Range axes]
    {
        get
        {
            (int offset, int length) = axes.GetOffsetAndLength(sizes.Length);
            return length == sizes.Length ? this : Create(sizes.AsSpan(offset, length));
        }
    }

    /// <summary>A shape with these sizes.</summary>
    public static Shape Create(params ReadOnlySpan<int> sizes)
    {
        if (sizes.Length == 0)
        {
            return Scalar;
        }
        uint hash = 0;
        foreach (int size in sizes)
        {
            hash = (hash ^ (uint)size) * 0x9E3779B1;
        }
        ref Shape? known = ref (recent ??= new Shape?[RecentCount])[hash >> (32 - RecentBits)];
        return known is not null && sizes.SequenceEqual(known.sizes) ? known : known = new Shape(sizes.ToArray());
    }

    /// <summary>The shape that two shapes broadcast to, aligned at the last axis; axes of size 1 stretch.</summary>
    /// <exception cref="ArgumentException">An axis has two different sizes, neither of them 1.</exception>
    public static Shape Broadcast(Shape a, Shape b) => TryBroadcast(a, b)
        ?? throw new ArgumentException(
            $"Shapes {a} and {b} do not broadcast: aligned at the last axis, sizes must be equal or 1. Reshape or unsqueeze one of them.");

    /// <summary>The common shape of several shapes; see <see cref="Broadcast(Shape, Shape)"/>.</summary>
    public static Shape Broadcast(Shape a, Shape b, Shape c) => Broadcast(Broadcast(a, b), c);

    /// <summary>The axes of the first shape followed by those of the second.</summary>
    public static Shape operator +(Shape left, Shape right)
    {
        if (left.Rank == 0)
        {
            return right;
        }
        if (right.Rank == 0)
        {
            return left;
        }
        Span<int> joined = stackalloc int[left.Rank + right.Rank];
        left.sizes.CopyTo(joined);
        right.sizes.CopyTo(joined[left.Rank..]);
        return Create(joined);
    }

    /// <summary>Whether two shapes have the same sizes.</summary>
    public static bool operator ==(Shape? left, Shape? right) => ReferenceEquals(left, right) || (left is not null && left.Equals(right));

    /// <summary>Whether two shapes differ.</summary>
    public static bool operator !=(Shape? left, Shape? right) => !(left == right);

    /// <summary>The index, from 0, that a possibly negative axis means.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public int Axis(int axis)
    {
        int index = axis < 0 ? axis + sizes.Length : axis;
        return (uint)index < (uint)sizes.Length
            ? index
            : throw new ArgumentOutOfRangeException(nameof(axis), axis,
                $"Shape {this} has {sizes.Length} axes; axis {axis} was asked for. Use {-sizes.Length} to {sizes.Length - 1}.");
    }

    /// <inheritdoc/>
    public bool Equals(Shape? other) => ReferenceEquals(this, other) || (other is not null && sizes.AsSpan().SequenceEqual(other.sizes));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Shape);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (int size in sizes)
        {
            hash.Add(size);
        }
        return hash.ToHashCode();
    }

    /// <summary>The sizes in brackets, for example <c>[128, 2]</c>.</summary>
    public override string ToString() => $"[{NumberList.Text(sizes)}]";

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)sizes).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => sizes.GetEnumerator();

    /// <summary>The common shape, or null where the shapes do not broadcast.</summary>
    public static Shape? TryBroadcast(Shape a, Shape b)
    {
        if (a.Equals(b) || b.Rank == 0)
        {
            return a;
        }
        if (a.Rank == 0)
        {
            return b;
        }
        int rank = Math.Max(a.Rank, b.Rank);
        Span<int> result = stackalloc int[rank];
        for (int i = 0; i < rank; i++)
        {
            int sizeA = i < rank - a.Rank ? 1 : a.sizes[i - rank + a.Rank];
            int sizeB = i < rank - b.Rank ? 1 : b.sizes[i - rank + b.Rank];
            if (sizeA != sizeB && sizeA != 1 && sizeB != 1)
            {
                return null;
            }
            result[i] = sizeA == 1 ? sizeB : sizeA;
        }
        return result.SequenceEqual(a.sizes) ? a : result.SequenceEqual(b.sizes) ? b : Create(result);
    }

    /// <summary>This shape with another size for one axis; negative axes count from the end.</summary>
    public Shape Replace(int axis, int size)
    {
        Span<int> copy = stackalloc int[sizes.Length];
        sizes.CopyTo(copy);
        copy[Axis(axis)] = size;
        return Create(copy);
    }
}

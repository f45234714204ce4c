namespace Pyrite;

/// <summary>One entry of an indexer: a position, a range, an array of positions, a mask, a new axis or an ellipsis.</summary>
/// <remarks>Integers, <see cref="Index"/>, <see cref="Range"/> and tensors of Int64 or Bool convert: <c>x[.., 0, 1..^1]</c>. A bare <c>..</c> is one
/// whole axis.</remarks>
public readonly struct TensorIndex
{
    private readonly IndexKind kind;

    private TensorIndex(IndexKind kind, Index position = default, Range range = default, int step = 1, Tensor? array = null)
    {
        this.kind = kind;
        Position = position;
        Range = range;
        Step = step;
        Array = array;
    }

    private enum IndexKind : byte
    {
        Position,
        Range,
        Array,
        NewAxis,
        Ellipsis,
    }

    /// <summary>An axis of size 1 at this place.</summary>
    public static TensorIndex NewAxis => new(IndexKind.NewAxis);

    /// <summary>As many whole axes as the other entries leave over.</summary>
    public static TensorIndex Ellipsis => new(IndexKind.Ellipsis);

    internal bool IsPosition => kind == IndexKind.Position;

    internal bool IsRange => kind == IndexKind.Range;

    internal bool IsNewAxis => kind == IndexKind.NewAxis;

    internal bool IsEllipsis => kind == IndexKind.Ellipsis;

    internal Index Position { get; }

    internal Range Range { get; }

    internal int Step { get; }

    internal Tensor? Array { get; }

    /// <summary>How many axes of the tensor the entry uses up.</summary>
    internal int Axes => kind switch
    {
        IndexKind.Position or IndexKind.Range => 1,
        IndexKind.Array => Array!.DType == DType.Bool ? Array.Rank : 1,
        _ => 0,
    };

    /// <summary>A range with a step, as <c>start:stop:step</c> in Python; a negative step walks the range from its end.</summary>
    /// <param name="range">Which positions; cut off at the ends of the axis.</param>
    /// <param name="step">Every how many positions, not 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step is 0.</exception>
    public static TensorIndex Every(Range range, int step)
    {
        ArgumentOutOfRangeException.ThrowIfZero(step);
        return new TensorIndex(IndexKind.Range, range: range, step: step);
    }

    /// <summary>One position, which drops the axis; negative ones count from the end.</summary>
    public static implicit operator TensorIndex(int position) => new(IndexKind.Position, position < 0 ? new Index(-position, true) : position);

    /// <summary>One position, which drops the axis.</summary>
    public static implicit operator TensorIndex(Index position) => new(IndexKind.Position, position);

    /// <summary>A stretch of the axis.</summary>
    public static implicit operator TensorIndex(Range range) => new(IndexKind.Range, range: range);

    /// <summary>Positions as data (Int64), or a mask over one or several axes (Bool).</summary>
    /// <exception cref="ArgumentException">The tensor holds neither Int64 nor Bool.</exception>
    public static implicit operator TensorIndex(Tensor array) => array.DType is DType.Int64 or DType.Bool && !array.IsWeak
        ? new TensorIndex(IndexKind.Array, array: array)
        : throw new ArgumentException(
            $"Tensors are indexed by Int64 positions or Bool masks; found {array.DType}. Convert with To(DType.Int64), or compare.", nameof(array));
}

namespace Pyrite.Engine;

/// <summary>What an operation's result will look like, known before any arithmetic.</summary>
internal readonly record struct TensorSpec(Shape Shape, DType DType, Layout Layout = Layout.RowMajor)
{
    /// <summary>Whether the other describes the same; written out because every recorded operation asks.</summary>
    public bool Equals(TensorSpec other) => DType == other.DType && Layout == other.Layout && Shape.Equals(other.Shape);

    public override int GetHashCode() => HashCode.Combine(Shape, DType, Layout);

    /// <summary>The spec with channels-last storage, or row-major storage where the two coincide.</summary>
    public static TensorSpec Image(Shape shape, DType type) =>
        new(shape, type, HasDistinctLayouts(shape) ? Layout.ChannelsLast : Layout.RowMajor);

    /// <summary>Whether channels-last and row-major order differ for this shape.</summary>
    public static bool HasDistinctLayouts(Shape shape) => shape.Rank == 4 && shape.Sizes[1] > 1 && (long)shape.Sizes[2] * shape.Sizes[3] > 1;
}

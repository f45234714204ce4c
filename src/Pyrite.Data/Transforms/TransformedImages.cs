using System.Buffers;
using System.Runtime.InteropServices;

namespace Pyrite.Transforms;

/// <summary>A set whose first field, images, is transformed when rows are asked for.</summary>
internal sealed class TransformedImages : Dataset
{
    private readonly Dataset data;
    private readonly RandomKey key;
    private readonly ImageTransform[] transforms;

    /// <summary>The shapes between the transforms: before the first one up to after the last one.</summary>
    private readonly Shape[] shapes;

    public TransformedImages(Dataset data, RandomKey key, ImageTransform[] transforms)
        : this(data, key, transforms, ShapesOf(data, transforms))
    {
    }

    private TransformedImages(Dataset data, RandomKey key, ImageTransform[] transforms, Shape[] shapes)
        : base(data.Count, [data.Fields[0] with { RowShape = shapes[^1] }, .. data.Fields.Skip(1)])
    {
        this.data = data;
        this.key = key;
        this.transforms = transforms;
        this.shapes = shapes;
    }

    /// <inheritdoc/>
    public override void Fill(int field, ReadOnlySpan<int> rows, Span<byte> destination) => FillInEpoch(0, field, rows, destination);

    /// <inheritdoc/>
    public override void FillInEpoch(int epoch, int field, ReadOnlySpan<int> rows, Span<byte> destination)
    {
        if (field > 0 || transforms.Length == 0)
        {
            data.FillInEpoch(epoch, field, rows, destination);
            return;
        }
        int most = shapes.Max(shape => (int)shape.Count), before = (int)shapes[0].Count, after = (int)shapes[^1].Count;
        float[] images = ArrayPool<float>.Shared.Rent(before * rows.Length), one = ArrayPool<float>.Shared.Rent(2 * most);
        data.FillInEpoch(epoch, 0, rows, MemoryMarshal.AsBytes(images.AsSpan(0, before * rows.Length)));
        Span<float> results = MemoryMarshal.Cast<byte, float>(destination);
        RandomKey own = key.Child(epoch);
        for (int i = 0; i < rows.Length; i++)
        {
            Span<float> image = images.AsSpan(i * before, before);
            Apply(image, own.Child(rows[i]), one.AsSpan(0, most), one.AsSpan(most, most), results.Slice(i * after, after));
        }
        ArrayPool<float>.Shared.Return(one);
        ArrayPool<float>.Shared.Return(images);
    }

    private void Apply(ReadOnlySpan<float> image, RandomKey own, Span<float> target, Span<float> other, Span<float> result)
    {
        for (int i = 0; i < transforms.Length; i++)
        {
            Span<float> to = i == transforms.Length - 1 ? result : target[..(int)shapes[i + 1].Count];
            transforms[i].Apply(image, shapes[i], own.Child(i), to);
            image = to;
            Span<float> free = other;
            other = target;
            target = free;
        }
    }

    private static Shape[] ShapesOf(Dataset data, ImageTransform[] transforms)
    {
        BatchField images = data.Fields[0];
        if (images.DType != DType.Float32 || images.RowShape.Rank != 3)
        {
            throw new ArgumentException(
                $"Cannot transform images: expected a first field of type Float32 and shape [channels, rows, columns]; found {images.Name} of type "
                    + $"{images.DType} and shape {images.RowShape}. Reshape it first.", nameof(data));
        }
        List<Shape> shapes = [images.RowShape];
        foreach (ImageTransform transform in transforms)
        {
            ArgumentNullException.ThrowIfNull(transform);
            shapes.Add(transform.ShapeAfter(shapes[^1]));
        }
        return [.. shapes];
    }
}

using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Pyrite.Engine;
using Pyrite.Ops.Copies;
using Pyrite.Ops.Creation;

namespace Pyrite;

/// <content>To and from the spans of System.Numerics.Tensors.</content>
public sealed partial class Tensor
{
    /// <summary>The elements as a span of .NET's own tensor library; nothing is copied.</summary>
    /// <remarks>The span has this tensor's shape, and one axis of length 1 for a scalar; images may be stored with channels last, which its strides
    /// say. It lives as long as the elements: until the step scope ends in which this tensor was made. Gradients do not flow through it.</remarks>
    /// <exception cref="InvalidOperationException"><typeparamref name="T"/> is not the type of the elements, or the step scope has ended.</exception>
    public ReadOnlyTensorSpan<T> AsTensorSpan<T>() where T : unmanaged
    {
        ReadOnlySpan<T> elements = Read<T>();
        Span<nint> lengths = stackalloc nint[Math.Max(1, Rank)], strides = stackalloc nint[lengths.Length];
        lengths[0] = 1;
        nint stride = 1;
        for (int i = Rank - 1; i >= 0; i--)
        {
            lengths[i] = Shape[i];
            strides[i] = stride;
            stride *= Shape[i];
        }
        if (Layout == Layout.ChannelsLast)
        {
            (strides[1], strides[2], strides[3]) = (1, lengths[3] * lengths[1], lengths[1]);
        }
        for (int i = 0; i < lengths.Length; i++)
        {
            strides[i] = lengths[i] <= 1 ? 0 : strides[i];   // as that library writes axes without a next element
        }
        return new ReadOnlyTensorSpan<T>(elements, lengths, strides);
    }

    /// <summary>The elements as bytes with the last axis fastest, whatever their type; nothing is copied but for images stored with channels
    /// last.</summary>
    /// <remarks>The bytes live as long as the elements: until the step scope ends in which this tensor was made. A C# number is a double.</remarks>
    /// <exception cref="InvalidOperationException">The step scope has ended.</exception>
    public ReadOnlySpan<byte> AsBytes() => this.In(Layout.RowMajor).RawBytes();

    /// <summary>A tensor of a span's shape with a copy of its elements, whatever its strides.</summary>
    /// <param name="values">The elements; types convert as in <see cref="From{T}(ReadOnlySpan{T}, Shape?)"/>.</param>
    /// <exception cref="OverflowException">The span has more elements than a tensor holds, or an unsigned integer is larger than Int64
    /// holds.</exception>
    [OverloadResolutionPriority(-1)]
    public static Tensor From<T>(in ReadOnlyTensorSpan<T> values) where T : unmanaged
    {
        int[] sizes = new int[values.Rank];
        for (int i = 0; i < sizes.Length; i++)
        {
            sizes[i] = checked((int)values.Lengths[i]);
        }
        Shape shape = Shape.Create(sizes);
        if (OtherNumbers.AreWidened<T>())
        {
            T[] flat = new T[checked((int)values.FlattenedLength)];
            values.FlattenTo(flat);
            return OtherNumbers.From<T>(flat, shape);
        }
        Tensor tensor = Allocate(new TensorSpec(shape, DTypeProperties.Of<T>()));
        values.FlattenTo(tensor.Write<T>());
        return tensor;
    }
}

using System.Runtime.InteropServices;
using Pyrite.Engine;
using Pyrite.Kernels.Convolution;

namespace Pyrite.Ops.Copies;

/// <summary>Copies images into the storage order of the result.</summary>
internal readonly record struct LayoutOperation : IBatchOperation<LayoutOperation>
{
    public string Name => "layout";

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        Shape shape = output.Shape;
        int channels = shape.Sizes[1];
        int pixels = shape.Sizes[2] * shape.Sizes[3];
        (int rows, int columns) = output.Layout == Layout.ChannelsLast ? (channels, pixels) : (pixels, channels);
        switch (output.DType.ByteSize)
        {
            case 4:
                Transpose<float>(shape.Sizes[0], rows, columns, inputs[0], output);
                break;
            case 8:
                Transpose<double>(shape.Sizes[0], rows, columns, inputs[0], output);
                break;
            default:
                Transpose<byte>(shape.Sizes[0], rows, columns, inputs[0], output);
                break;
        }
    }

    public LayoutOperation? ForBatch(int count, int batch) => this;

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => upstream;

    private static void Transpose<T>(int batch, int rows, int columns, Tensor source, Tensor target) where T : unmanaged =>
        ImageConvolution.Transpose(batch, rows, columns, MemoryMarshal.Cast<byte, T>(source.RawBytes()),
            MemoryMarshal.Cast<byte, T>(target.WriteBytes()));
}

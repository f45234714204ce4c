using System.Runtime.InteropServices;
using Pyrite.Engine;
using Pyrite.Engine.Properties;
using Pyrite.Kernels.Convolution;

namespace Pyrite.Ops.Copies;

/// <summary>Copies images into the storage order of the result.</summary>
internal readonly record struct LayoutOperation : IBatchOperation<LayoutOperation>, IImageOperation, IFusingOperation
{
    public string Name => "layout";

    public ImageWork Work => ImageWork.Layout;

    public bool Fuses(TensorSpec result, bool isMask) => isMask && result.Layout == Layout.ChannelsLast && result.DType.IsFloatingPoint;

    public void Execute(ReadOnlySpan<Tensor> inputs, bool relu, Tensor? mask, Tensor output) =>
        MarginLayout.Run(output.DType, inputs[0].RawBytes(), mask!.RawBytes(), output.WriteBytes(),
            new ImageLayout(output.Shape[2], output.Shape[3], output.Shape[1], 0), output.Shape[0]);

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

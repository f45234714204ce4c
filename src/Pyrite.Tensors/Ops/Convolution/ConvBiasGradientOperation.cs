using Pyrite.Engine;
using Pyrite.Engine.Properties;
using Pyrite.Kernels.Convolution;
using Pyrite.Ops.Copies;

namespace Pyrite.Ops.Convolution;

/// <summary>The sum of images over all but their channels: the bias gradient of a convolution.</summary>
internal readonly record struct ConvBiasGradientOperation : IImageOperation
{
    public string Name => "conv2d bias gradient";

    public ImageWork Work => ImageWork.BiasGradient;

    public static Tensor Of(Tensor dy)
    {
        dy = dy.In(Layout.ChannelsLast);
        return Executor.Apply(default(ConvBiasGradientOperation), new TensorSpec([dy.Shape[1]], dy.DType), dy);
    }

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        Tensor dy = inputs[0];
        ImageLayout frame = new(dy.Shape[2], dy.Shape[3], dy.Shape[1], 0);
        if (output.DType == DType.Float32)
        {
            ImageConvolution.BiasGradient(dy.Shape[0], frame, dy.Read<float>(), output.Write<float>());
        }
        else
        {
            ImageConvolution.BiasGradient(dy.Shape[0], frame, dy.Read<double>(), output.Write<double>());
        }
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) =>
        upstream.Reshape(1, upstream.Shape[0], 1, 1).BroadcastTo(inputs[0].Shape);
}

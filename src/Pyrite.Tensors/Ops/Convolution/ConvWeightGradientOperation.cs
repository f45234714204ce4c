using Pyrite.Engine;
using Pyrite.Engine.Properties;
using Pyrite.Kernels.Convolution;

namespace Pyrite.Ops.Convolution;

/// <summary>The weight gradient of a convolution from its input and the gradient of its output; linear in both.</summary>
internal readonly record struct ConvWeightGradientOperation(ConvolutionShape Shape) : IImageOperation
{
    public string Name => "conv2d weight gradient";

    public ImageWork Work => ImageWork.WeightGradient;

    public ConvolutionShape? Sizes => Shape;

    public static Tensor Of(ConvolutionShape shape, Tensor x, Tensor dy)
    {
        (x, dy) = ConvolutionArguments.Prepare("conv2d weight gradient", x, dy, otherIsImage: true);
        return Executor.Apply(new ConvWeightGradientOperation(shape),
            new TensorSpec([shape.OutChannels, shape.InChannels, shape.KernelHeight, shape.KernelWidth], x.DType), x, dy);
    }

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        if (output.DType == DType.Float32)
        {
            ImageConvolution.WeightGradient(Shape, inputs[0].Read<float>(), inputs[1].Read<float>(), output.Write<float>());
        }
        else
        {
            ImageConvolution.WeightGradient(Shape, inputs[0].Read<double>(), inputs[1].Read<double>(), output.Write<double>());
        }
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) =>
        input == 0 ? ConvTranspose2dOperation.Of(Shape, inputs[1], upstream, null) : Conv2dOperation.Of(Shape, inputs[0], upstream, null);
}

using Pyrite.Engine;
using Pyrite.Engine.Properties;
using Pyrite.Kernels.Convolution;

namespace Pyrite.Ops.Convolution;

/// <summary>The convolution of images with a weight (+ bias).</summary>
internal readonly record struct Conv2dOperation(ConvolutionShape Shape) : IImageOperation, IFusingOperation
{
    public string Name => "conv2d";

    public ImageWork Work => ImageWork.Convolution;

    public ConvolutionShape? Sizes => Shape;

    public static Tensor Of(ConvolutionShape shape, Tensor x, Tensor weight, Tensor? bias)
    {
        (x, weight) = ConvolutionArguments.Prepare("conv2d", x, weight, otherIsImage: false);
        TensorSpec spec = TensorSpec.Image([shape.Batch, shape.OutChannels, shape.OutHeight, shape.OutWidth], x.DType);
        return bias is null
            ? Executor.Apply(new Conv2dOperation(shape), spec, x, weight)
            : Executor.Apply(new Conv2dOperation(shape), spec, x, weight, bias.To(x.DType));
    }

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        if (output.DType == DType.Float32)
        {
            ImageConvolution.Forward(Shape, inputs[0].Read<float>(), inputs[1].Read<float>(), inputs.Length > 2 ? inputs[2].Read<float>() : [],
                output.Write<float>());
        }
        else
        {
            ImageConvolution.Forward(Shape, inputs[0].Read<double>(), inputs[1].Read<double>(), inputs.Length > 2 ? inputs[2].Read<double>() : [],
                output.Write<double>());
        }
    }

    public bool Fuses(TensorSpec result, bool isMask) => !ConvolutionArguments.IsPointwise(Shape);

    public void Execute(ReadOnlySpan<Tensor> inputs, bool relu, Tensor? mask, Tensor output) =>
        FusedConvolution.Run(Shape, transposed: false, output.DType, inputs[0].RawBytes(), inputs[1].RawBytes(),
            inputs.Length > 2 ? inputs[2].RawBytes() : [], relu, mask is null ? [] : mask.RawBytes(), output.WriteBytes());

    public GradientReads GradientReads => GradientReads.Inputs;

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => input switch
    {
        0 => ConvTranspose2dOperation.Of(Shape, upstream, inputs[1], null),
        1 => ConvWeightGradientOperation.Of(Shape, SilentZeros.IsOn ? SilentZeros.Entries(inputs[0], upstream) : inputs[0], upstream),
        _ => ConvBiasGradientOperation.Of(upstream),
    };
}

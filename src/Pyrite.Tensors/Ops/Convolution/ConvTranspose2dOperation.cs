using Pyrite.Engine;
using Pyrite.Engine.Properties;
using Pyrite.Kernels.Convolution;

namespace Pyrite.Ops.Convolution;

/// <summary>The transposed convolution (+ bias), which is also the input gradient of the convolution with the same shape.</summary>
internal readonly record struct ConvTranspose2dOperation(ConvolutionShape Shape) : IImageOperation, IFusingOperation
{
    public string Name => "conv_transpose2d";

    public ImageWork Work => ImageWork.TransposedConvolution;

    public ConvolutionShape? Sizes => Shape;

    public static Tensor Of(ConvolutionShape shape, Tensor y, Tensor weight, Tensor? bias)
    {
        (y, weight) = ConvolutionArguments.Prepare("conv_transpose2d", y, weight, otherIsImage: false);
        TensorSpec spec = TensorSpec.Image([shape.Batch, shape.InChannels, shape.InHeight, shape.InWidth], y.DType);
        return bias is null
            ? Executor.Apply(new ConvTranspose2dOperation(shape), spec, y, weight)
            : Executor.Apply(new ConvTranspose2dOperation(shape), spec, y, weight, bias.To(y.DType));
    }

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        if (output.DType == DType.Float32)
        {
            ImageConvolution.Transposed(Shape, inputs[0].Read<float>(), inputs[1].Read<float>(), inputs.Length > 2 ? inputs[2].Read<float>() : [],
                output.Write<float>());
        }
        else
        {
            ImageConvolution.Transposed(Shape, inputs[0].Read<double>(), inputs[1].Read<double>(), inputs.Length > 2 ? inputs[2].Read<double>() : [],
                output.Write<double>());
        }
    }

    public bool Fuses(TensorSpec result, bool isMask) => !ConvolutionArguments.IsPointwise(Shape);

    public void Execute(ReadOnlySpan<Tensor> inputs, bool relu, Tensor? mask, Tensor output) =>
        FusedConvolution.Run(Shape, transposed: true, output.DType, inputs[0].RawBytes(), inputs[1].RawBytes(),
            inputs.Length > 2 ? inputs[2].RawBytes() : [], relu, mask is null ? [] : mask.RawBytes(), output.WriteBytes());

    public GradientReads GradientReads => GradientReads.Inputs;

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => input switch
    {
        0 => Conv2dOperation.Of(Shape, upstream, inputs[1], null),
        1 => ConvWeightGradientOperation.Of(Shape, upstream, SilentZeros.IsOn ? SilentZeros.Entries(inputs[0], upstream) : inputs[0]),
        _ => ConvBiasGradientOperation.Of(upstream),
    };
}

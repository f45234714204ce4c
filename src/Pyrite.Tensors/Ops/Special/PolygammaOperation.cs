using Pyrite.Engine;
using Pyrite.Kernels.Special;

namespace Pyrite.Ops.Special;

/// <summary>A derivative of the digamma function, element by element.</summary>
internal readonly record struct PolygammaOperation(int Order) : IOperation
{
    public string Name => "polygamma";

    public int? EntryRank => 0;

    public static Tensor Of(Tensor x, int order)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(order, 1);
        if (x.IsWeak)
        {
            return GammaMath.Polygamma(order, x.WeakValue);
        }
        Tensor real = x.DType.IsFloatingPoint ? x : x.To(Precision.Default);
        return Executor.Apply(new PolygammaOperation(order), new TensorSpec(real.Shape, real.DType, real.Layout), real);
    }

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        for (int i = 0; i < output.Count; i++)
        {
            if (output.DType == DType.Float32)
            {
                output.Write<float>()[i] = (float)GammaMath.Polygamma(Order, inputs[0].Read<float>()[i]);
            }
            else
            {
                output.Write<double>()[i] = GammaMath.Polygamma(Order, inputs[0].Read<double>()[i]);
            }
        }
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => upstream * Of(inputs[0], Order + 1);
}

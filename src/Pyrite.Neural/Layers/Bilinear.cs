namespace Pyrite;

/// <summary>A form that is linear in each of two inputs: yₖ = aᵀ Wₖ b + biasₖ.</summary>
/// <remarks>[.., in1] and [.., in2] to [.., out]. Parameters start uniform on ±1/√in1.</remarks>
public sealed class Bilinear : Module
{
    /// <summary>A layer between so many features.</summary>
    /// <param name="firstFeatures">Size of the last axis of the first input.</param>
    /// <param name="secondFeatures">Size of the last axis of the second input.</param>
    /// <param name="outFeatures">Size of the last axis of the output.</param>
    /// <param name="bias">Whether a bias is added.</param>
    public Bilinear(int firstFeatures, int secondFeatures, int outFeatures, bool bias = true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(firstFeatures, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(secondFeatures, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outFeatures, 1);
        Initializer start = Initializer.FanInUniform(firstFeatures);
        Weight = AddParameter("weight", [outFeatures, firstFeatures, secondFeatures], start);
        Bias = bias ? AddParameter("bias", [outFeatures], start) : null;
    }

    /// <summary>The weight, [out, in1, in2].</summary>
    public Parameter Weight { get; }

    /// <summary>The bias, [out], or null.</summary>
    public Parameter? Bias { get; }

    /// <summary>The output for two inputs.</summary>
    /// <param name="first">[.., in1].</param>
    /// <param name="second">[.., in2], with the same axes before the last.</param>
    /// <exception cref="ArgumentException">Shapes do not fit.</exception>
    public Tensor Forward(Tensor first, Tensor second)
    {
        if (first.Rank == 0 || second.Rank == 0 || first.Shape[^1] != Weight.Shape[1] || second.Shape[^1] != Weight.Shape[2]
            || first.Shape[..^1] != second.Shape[..^1])
        {
            throw new ArgumentException(
                $"{Label} takes [.., {Weight.Shape[1]}] and [.., {Weight.Shape[2]}] with equal axes before; the inputs have "
                    + $"shapes {first.Shape} and {second.Shape}.");
        }
        Tensor left = first.Unsqueeze(-2).Unsqueeze(-2);                  // [.., 1, 1, in1]
        Tensor rows = left.MatMul(Weight).Squeeze(-2);                    // [.., out, in2]
        Tensor result = (rows * second.Unsqueeze(-2)).Sum(-1);
        return Bias is null ? result : result + Bias;
    }
}

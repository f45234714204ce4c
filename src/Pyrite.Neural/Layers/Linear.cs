namespace Pyrite;

/// <summary>A fully connected layer: x · weightᵀ + bias.</summary>
/// <remarks>[.., in] to [.., out]. Both parameters start uniform on ±1/√in.</remarks>
public sealed class Linear : Layer
{
    /// <summary>A layer between so many features.</summary>
    /// <param name="inFeatures">Size of the last axis of the input.</param>
    /// <param name="outFeatures">Size of the last axis of the output.</param>
    /// <param name="bias">Whether a bias is added.</param>
    /// <param name="weightStart">Starts the weight otherwise.</param>
    /// <param name="biasStart">Starts the bias otherwise.</param>
    public Linear(int inFeatures, int outFeatures, bool bias = true, Initializer? weightStart = null, Initializer? biasStart = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inFeatures, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outFeatures, 1);
        Initializer start = Initializer.FanInUniform(inFeatures);
        Weight = AddParameter("weight", [outFeatures, inFeatures], weightStart ?? start);
        Bias = bias ? AddParameter("bias", [outFeatures], biasStart ?? start) : null;
    }

    /// <summary>The weight, [out, in].</summary>
    public Parameter Weight { get; }

    /// <summary>The bias, [out], or null.</summary>
    public Parameter? Bias { get; }

    /// <summary>x · weightᵀ + bias.</summary>
    /// <param name="x">[.., in].</param>
    /// <returns>[.., out].</returns>
    /// <exception cref="ArgumentException">The last axis is not of size in.</exception>
    public override Tensor Forward(Tensor x) => x.Rank > 0 && x.Shape[^1] == Weight.Shape[1]
        ? x.Linear(Weight, Bias?.Value)
        : throw new ArgumentException(
            $"{Label} maps [.., {Weight.Shape[1]}] to [.., {Weight.Shape[0]}]; the input has shape {x.Shape}. Reshape the input, or build the layer "
                + "for its last axis.", nameof(x));
}

using Pyrite.Layers;

namespace Pyrite;

/// <summary>x above 0, slope · x below it, the slope being learnt.</summary>
/// <remarks>He et al., "Delving deep into rectifiers" (2015). One slope for everything, or one for each channel (axis 1); slopes start at
/// 0.25.</remarks>
public sealed class PRelu : Layer
{
    /// <summary>A layer with so many slopes.</summary>
    /// <param name="slopes">1, or the number of channels.</param>
    /// <param name="start">What each slope starts with.</param>
    public PRelu(int slopes = 1, double start = 0.25)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(slopes, 1);
        Weight = AddParameter("weight", [slopes], Initializer.Constant(start));
    }

    /// <summary>The slopes.</summary>
    public Parameter Weight { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There are several slopes, and axis 1 has another size.</exception>
    public override Tensor Forward(Tensor x)
    {
        int slopes = Weight.Shape[0];
        if (slopes > 1 && (x.Rank < 2 || x.Shape[1] != slopes))
        {
            throw new ArgumentException($"{Label} has {slopes} slopes, one for each channel of [N, {slopes}, ..]; the input has shape {x.Shape}.",
                nameof(x));
        }
        Tensor slope = slopes > 1 ? LayerArguments.AlongAxis1(Weight, x.Rank) : Weight;
        return Tensor.Where(x > 0, x, slope * x);
    }
}

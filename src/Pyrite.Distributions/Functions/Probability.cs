namespace Pyrite.Functions;

/// <summary>Small pieces that distribution functions share.</summary>
internal static class Probability
{
    /// <summary>x moved into [0, 1].</summary>
    public static Tensor Clamp(Tensor x) => Tensor.Where(x < 1, x.Relu(), 1);

    /// <summary>log(p / (1 - p)).</summary>
    public static Tensor Logit(Tensor p) => p.Log() - (-p).Log1p();

    /// <summary>weight · logarithm, and 0 where the weight is 0, even if the logarithm is infinite.</summary>
    public static Tensor Times(Tensor weight, Tensor logarithm)
    {
        Tensor none = weight.EqualTo(0);
        return Tensor.Where(none, 0, weight * Tensor.Where(none, 0, logarithm));
    }
}

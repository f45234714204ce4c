namespace Pyrite.Functions;

/// <summary>Small pieces that distribution functions share.</summary>
internal static class Probability
{
    /// <summary>x moved into [0, 1].</summary>
    public static Tensor Clamp(Tensor x) => Tensor.Where(x < 1, x.Relu(), 1);

    /// <summary>x moved into [0, 1], with the slope from inside at both ends.</summary>
    public static Tensor ClampClosed(Tensor x) => Tensor.Where(x < 0, 0, Tensor.Where(x > 1, 1, x));

    /// <summary>A function of a value inside, and a constant without slopes elsewhere, where the function would have slopes that are no
    /// numbers.</summary>
    /// <param name="inside">Where the function is asked.</param>
    /// <param name="x">The value.</param>
    /// <param name="safe">A value inside.</param>
    /// <param name="outside">What holds elsewhere.</param>
    /// <param name="function">Of the value.</param>
    public static Tensor Inside(Tensor inside, Tensor x, Tensor safe, Tensor outside, Func<Tensor, Tensor> function) =>
        Tensor.Where(inside, function(Tensor.Where(inside, x, safe)), outside);

    /// <summary>log(p / (1 - p)).</summary>
    public static Tensor Logit(Tensor p) => p.Log() - (-p).Log1p();

    /// <summary>The logarithm of a chance, also of one close to 1, whose rest to 1 is given.</summary>
    public static Tensor Log(Tensor chance, Tensor rest)
    {
        Tensor isSmall = chance < 0.5;
        return Tensor.Where(isSmall, Tensor.Where(isSmall, chance, 1).Log(), (-Tensor.Where(isSmall, 0, rest)).Log1p());
    }

    /// <summary>weight · logarithm, and 0 where the weight is 0, even if the logarithm is infinite.</summary>
    public static Tensor Times(Tensor weight, Tensor logarithm)
    {
        Tensor none = weight.EqualTo(0);
        return Tensor.Where(none, 0, weight * Tensor.Where(none, 0, logarithm));
    }

    /// <summary>weight · quantity, and 0 where the weight is 0 and the quantity is no finite number.</summary>
    public static Tensor Weighed(Tensor weight, Tensor quantity) =>
        weight * Tensor.Where(weight.Detach().NotEqualTo(0) | quantity.Detach().IsFinite(), quantity, 0);
}

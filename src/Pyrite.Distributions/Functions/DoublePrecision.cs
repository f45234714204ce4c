namespace Pyrite.Functions;

/// <summary>Formulas that subtract near-equal numbers or divide by narrow scales, evaluated in double precision whatever the element type of their
/// arguments.</summary>
/// <remarks>The arguments are what they are in their own type; only what is made of them is rounded once, at the end, and gradients are added up
/// before they are rounded.</remarks>
internal static class DoublePrecision
{
    /// <summary>A formula of one argument.</summary>
    public static Tensor Of(DType type, Tensor a, Func<Tensor, Tensor> formula) =>
        IsWide(type, a) ? formula(a) : formula(Widened(a)).To(type);

    /// <summary>A formula of two arguments.</summary>
    public static Tensor Of(DType type, Tensor a, Tensor b, Func<Tensor, Tensor, Tensor> formula) =>
        IsWide(type, a) || IsWide(type, b) ? formula(a, b) : formula(Widened(a), Widened(b)).To(type);

    /// <summary>A formula of three arguments.</summary>
    public static Tensor Of(DType type, Tensor a, Tensor b, Tensor c, Func<Tensor, Tensor, Tensor, Tensor> formula) =>
        IsWide(type, a) || IsWide(type, b) || IsWide(type, c) ? formula(a, b, c) : formula(Widened(a), Widened(b), Widened(c)).To(type);

    /// <summary>A formula of any number of arguments.</summary>
    public static Tensor Of(DType type, Tensor[] arguments, Func<Tensor[], Tensor> formula) =>
        Array.Exists(arguments, argument => IsWide(type, argument)) ? formula(arguments) : formula(Array.ConvertAll(arguments, Widened)).To(type);

    /// <summary>Whether the result is of double precision anyway.</summary>
    private static bool IsWide(DType type, Tensor argument) => type == DType.Float64 || (!argument.IsWeak && argument.DType == DType.Float64);

    private static Tensor Widened(Tensor argument) => argument.To(DType.Float64);
}

namespace Pyrite.Ops.Extending;

/// <summary>Holds gradient rules that somebody has written to the shape that they must give.</summary>
internal static class GradientShape
{
    /// <summary>The gradient, or an error that names the operation.</summary>
    public static Tensor? Check(Tensor? gradient, string operation, Shape expected, int input) => gradient is null || gradient.Shape == expected
        ? gradient
        : throw new InvalidOperationException(
            $"The gradient rule of \"{operation}\" gave a gradient of shape {gradient.Shape} for input {input}; expected {expected}. Multiply the "
                + "slope with the upstream gradient, and sum over what belongs to one number of the input.");
}

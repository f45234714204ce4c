using System.Reflection;

namespace Pyrite.Engine;

/// <summary>An operation whose kernel runs on plain memory too.</summary>
internal interface IAddressOperation : IOperation
{
    /// <summary>The call of the kernel on Float64 numbers: a static method that takes the address of each input, that of the result, and the
    /// sizes.</summary>
    /// <param name="shapes">The shapes of the inputs.</param>
    /// <param name="result">The shape of the result.</param>
    /// <returns>Null where it runs on tensors alone.</returns>
    (MethodInfo Method, int[] Sizes)? OnAddresses(ReadOnlySpan<Shape> shapes, Shape result);
}

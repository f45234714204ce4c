namespace Pyrite;

/// <summary>What an optimizer needs to change one parameter.</summary>
/// <param name="Parameter">The parameter.</param>
/// <param name="Gradient">Its gradient: same shape, element type and storage order.</param>
/// <param name="State">What is remembered about it.</param>
public readonly record struct ParameterUpdate(Parameter Parameter, Tensor Gradient, ParameterState State);

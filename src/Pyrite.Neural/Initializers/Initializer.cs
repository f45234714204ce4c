namespace Pyrite;

/// <summary>Makes the start of a parameter.</summary>
/// <param name="key">The parameter's own key.</param>
/// <param name="shape">The parameter's sizes.</param>
/// <returns>A tensor of that shape in the default precision.</returns>
public delegate Tensor Initializer(RandomKey key, Shape shape);

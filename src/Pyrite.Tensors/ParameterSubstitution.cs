namespace Pyrite;

/// <summary>Lets parameters stand for other values for a while, on one thread: a network then computes with weights that were drawn or
/// given.</summary>
/// <remarks>The parameters themselves do not change. Scopes nest; gradients flow to the given values.</remarks>
public static class ParameterSubstitution
{
    [ThreadStatic]
    private static IReadOnlyDictionary<Parameter, Tensor>? current;

    [ThreadStatic]
    private static IReadOnlyDictionary<Parameter, Tensor>? standing;

    /// <summary>What parameters stand for on this thread where no scope says otherwise; null for themselves. Whoever sets it must take it
    /// back.</summary>
    public static IReadOnlyDictionary<Parameter, Tensor>? Standing
    {
        get => standing;
        set => standing = value;
    }

    /// <summary>Uses the given values until the scope is disposed.</summary>
    /// <param name="values">Parameters and what they shall stand for, of their shapes.</param>
    /// <exception cref="ArgumentException">A value has another shape than its parameter.</exception>
    public static Scope Begin(IReadOnlyDictionary<Parameter, Tensor> values)
    {
        Dictionary<Parameter, Tensor> all = current is null ? [] : new(current);
        foreach ((Parameter parameter, Tensor value) in values)
        {
            all[parameter] = value.Shape == parameter.Shape
                ? value
                : throw new ArgumentException(
                    $"A parameter of shape {parameter.Shape} was substituted by a tensor of shape {value.Shape}; shapes must agree.", nameof(values));
        }
        Scope scope = new(current);
        current = all;
        return scope;
    }

    /// <summary>What a parameter stands for on this thread, or null for itself.</summary>
    internal static Tensor? Find(Parameter parameter) => current?.GetValueOrDefault(parameter) ?? standing?.GetValueOrDefault(parameter);

    /// <summary>Restores the earlier state when disposed.</summary>
    public readonly ref struct Scope : IDisposable
    {
        private readonly IReadOnlyDictionary<Parameter, Tensor>? earlier;

        internal Scope(IReadOnlyDictionary<Parameter, Tensor>? earlier) => this.earlier = earlier;

        /// <summary>Ends the scope.</summary>
        public void Dispose() => current = earlier;
    }
}

namespace Pyrite;

/// <summary>Parameters with an optimizer of their own.</summary>
/// <param name="Applies">Whether a parameter of this name belongs to the group; networks' parameters are called <c>site.path</c>.</param>
/// <param name="Optimizer">Their optimizer, with rate, schedule and clipping; null leaves them as they are.</param>
public sealed record ParameterGroup(Func<string, bool> Applies, Optimizer? Optimizer);

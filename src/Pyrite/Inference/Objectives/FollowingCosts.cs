namespace Pyrite.Inference.Objectives;

/// <summary>The sites whose log-density a draw can change.</summary>
/// <param name="InGuide">Those of the guide.</param>
/// <param name="InModel">Those of the model.</param>
internal sealed record FollowingCosts(IReadOnlySet<string> InGuide, IReadOnlySet<string> InModel);

namespace Pyrite.Ops.Conditions;

/// <summary>Whether all truth values of a tensor are true; a single one is its own conjunction.</summary>
internal interface IConjunction;

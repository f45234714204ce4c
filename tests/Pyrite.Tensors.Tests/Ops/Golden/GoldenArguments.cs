using System.Text.Json;
using Pyrite.Testing;

namespace Pyrite.Tests;

/// <summary>The attributes of a golden case, named as in torch.</summary>
internal readonly struct GoldenArguments(JsonElement args)
{
    public bool Has(string name) => args.Optional(name) is not null;

    public int Int(string name, int missing = 0) => args.Optional(name) is { } value ? value.GetInt32() : missing;

    public double Number(string name, double missing = 0) => args.Optional(name) is { } value ? value.Number() : missing;

    public bool Bool(string name, bool missing = false) => args.Optional(name) is { } value ? value.GetBoolean() : missing;

    public string Text(string name, string missing = "") => args.Optional(name) is { } value ? value.GetString()! : missing;

    /// <summary>A list, or a single integer as a list of one; empty if missing.</summary>
    public int[] Ints(string name) => args.Optional(name) is { } value
        ? value.ValueKind == JsonValueKind.Array ? value.Integers() : [value.GetInt32()]
        : [];

    public double[] Numbers(string name) => args.Optional(name) is { } value ? value.Numbers() : [];

    public JsonElement Raw(string name) => args.GetProperty(name);
}

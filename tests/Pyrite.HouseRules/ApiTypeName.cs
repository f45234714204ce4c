using System.Reflection;
using System.Runtime.CompilerServices;

namespace Pyrite;

/// <summary>Types as C# writes them.</summary>
internal static class ApiTypeName
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(char)] = "char",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
    };

    /// <summary>The line that declares a type: modifiers, kind, name, base types, constraints.</summary>
    public static string Declaration(Type type)
    {
        if (type.IsSubclassOf(typeof(Delegate)))
        {
            MethodInfo invoke = type.GetMethod("Invoke")!;
            return $"delegate {Of(invoke.ReturnType)} {Name(type)}({ApiMember.Parameters(invoke)}){Constraints(type.GetGenericArguments())}";
        }

        IEnumerable<string> bases = Bases(type).Select(ancestor => Of(ancestor)).Order(StringComparer.Ordinal);
        string list = string.Join(", ", bases);
        return $"{Kind(type)} {Name(type)}{(list.Length > 0 ? " : " + list : "")}{Constraints(type.GetGenericArguments())}";
    }

    /// <summary>A type where it is used; <paramref name="nullability"/> adds the question marks of reference types.</summary>
    public static string Of(Type type, NullabilityInfo? nullability = null)
    {
        if (type.IsByRef)
        {
            return Of(type.GetElementType()!, nullability);
        }

        string name = Plain(type, nullability);
        return nullability is { ReadState: NullabilityState.Nullable } && !type.IsValueType ? name + "?" : name;
    }

    /// <summary>The <c>where</c> clauses of generic parameters, or an empty string.</summary>
    public static string Constraints(Type[] parameters) =>
        string.Concat(parameters.Where(parameter => parameter.IsGenericParameter).Select(Constraint));

    private static string Plain(Type type, NullabilityInfo? nullability)
    {
        if (Keywords.TryGetValue(type, out string? keyword))
        {
            return keyword;
        }

        if (type.IsArray)
        {
            return $"{Of(type.GetElementType()!, nullability?.ElementType)}[{new string(',', type.GetArrayRank() - 1)}]";
        }

        if (type.IsPointer)
        {
            return Of(type.GetElementType()!) + "*";
        }

        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return Of(value) + "?";
        }

        Type[] arguments = type.GetGenericArguments();
        string[] names = [.. arguments.Select((argument, index) =>
            Of(argument, nullability?.GenericTypeArguments.Length == arguments.Length ? nullability.GenericTypeArguments[index] : null))];
        return type.FullName?.StartsWith("System.ValueTuple`", StringComparison.Ordinal) == true
            ? $"({string.Join(", ", names)})"
            : Name(type, names);
    }

    private static string Name(Type type, string[]? arguments = null)
    {
        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        arguments ??= [.. type.GetGenericArguments().Select(argument => Of(argument))];
        int own = type.GetGenericArguments().Length - (type.DeclaringType?.GetGenericArguments().Length ?? 0);
        string name = type.Name.Split('`')[0] + (own > 0 ? $"<{string.Join(", ", arguments[^own..])}>" : "");
        return type.DeclaringType is { } outer ? $"{Name(outer, arguments[..^own])}.{name}" : name;
    }

    private static string Kind(Type type)
    {
        bool isRecord = type.GetMethod("<Clone>$") is not null
            || type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic)?.IsDefined(typeof(CompilerGeneratedAttribute)) == true;
        if (type.IsInterface)
        {
            return "interface";
        }

        if (type.IsEnum)
        {
            return "enum";
        }

        if (type.IsValueType)
        {
            return (type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : "") + (type.IsByRefLike ? "ref " : "")
                + (isRecord ? "record struct" : "struct");
        }

        string modifier = type.IsAbstract ? type.IsSealed ? "static " : "abstract " : type.IsSealed ? "sealed " : "";
        return modifier + (isRecord ? "record" : "class");
    }

    private static IEnumerable<Type> Bases(Type type)
    {
        if (type.IsEnum)
        {
            return [Enum.GetUnderlyingType(type)];
        }

        Type[] all = type.GetInterfaces();
        IEnumerable<Type> inherited = all.SelectMany(one => one.GetInterfaces()).Concat(type.BaseType?.GetInterfaces() ?? []);
        IEnumerable<Type> own = all.Except(inherited).Where(one => one.IsVisible);
        return type.BaseType is { } ancestor && ancestor != typeof(object) && ancestor != typeof(ValueType) ? own.Prepend(ancestor) : own;
    }

    private static string Constraint(Type parameter)
    {
        List<string> parts = [];
        GenericParameterAttributes attributes = parameter.GenericParameterAttributes;
        bool isStruct = attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        if (isStruct)
        {
            parts.Add("struct");
        }
        else if (attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
        {
            parts.Add("class");
        }

        parts.AddRange(
            parameter.GetGenericParameterConstraints().Where(type => type != typeof(ValueType)).Select(type => Of(type))
                .Order(StringComparer.Ordinal));
        if (!isStruct && attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint))
        {
            parts.Add("new()");
        }

        return parts.Count > 0 ? $" where {parameter.Name} : {string.Join(", ", parts)}" : "";
    }
}

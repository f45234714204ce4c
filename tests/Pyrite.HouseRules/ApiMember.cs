using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Pyrite;

/// <summary>Members as C# writes them, without bodies.</summary>
internal static class ApiMember
{
    private static readonly NullabilityInfoContext Nullability = new();

    /// <summary>One member, or null when a user of the library cannot see it.</summary>
    public static string? Describe(MemberInfo member) => member switch
    {
        FieldInfo field => Describe(field),
        PropertyInfo property => Describe(property),
        EventInfo happening =>
            happening.AddMethod is { } add && IsVisible(add)
                ? $"{Modifiers(add)}event {ApiTypeName.Of(happening.EventHandlerType!)} {happening.Name}"
                : null,
        ConstructorInfo constructor =>
            IsVisible(constructor) && !constructor.IsStatic
                ? $"{Access(constructor)}{constructor.DeclaringType!.Name.Split('`')[0]}({Parameters(constructor)})"
                : null,
        MethodInfo method => Describe(method),
        _ => null,
    };

    /// <summary>The parameters of a method: modifiers, types, names and default values.</summary>
    public static string Parameters(MethodBase method)
    {
        IEnumerable<string> parameters = method.GetParameters().Select(Describe);
        string list = string.Join(", ", parameters);
        return method.IsDefined(typeof(ExtensionAttribute)) ? "this " + list : list;
    }

    private static string? Describe(FieldInfo field)
    {
        if (!(field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly))
        {
            return null;
        }

        string access = field.IsPublic ? "" : "protected ";
        string type = ApiTypeName.Of(field.FieldType, Nullability.Create(field));
        return field.IsLiteral
            ? $"{access}const {type} {field.Name} = {Literal(field.GetRawConstantValue())}"
            : $"{access}{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{type} {field.Name}";
    }

    private static string? Describe(PropertyInfo property)
    {
        MethodInfo? getter = property.GetMethod is { } get && IsVisible(get) ? get : null;
        MethodInfo? setter = property.SetMethod is { } set && IsVisible(set) ? set : null;
        if ((getter ?? setter) is not { } accessor)
        {
            return null;
        }

        bool initOnly = setter?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) == true;
        string body =
            (getter is null ? "" : "get; ")
                + (setter is null ? "" : (Access(setter) == Access(accessor) ? "" : Access(setter)) + (initOnly ? "init; " : "set; "));
        string name =
            property.GetIndexParameters().Length > 0 ? $"this[{string.Join(", ", property.GetIndexParameters().Select(Describe))}]" : property.Name;
        string required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        return $"{Modifiers(accessor)}{required}{ApiTypeName.Of(property.PropertyType, Nullability.Create(property))} {name} {{ {body}}}";
    }

    private static string? Describe(MethodInfo method)
    {
        bool isOperator = method.Name.StartsWith("op_", StringComparison.Ordinal);
        if (!IsVisible(method) || (method.IsSpecialName && !isOperator))
        {
            return null;
        }

        if (method.Name.StartsWith("get_", StringComparison.Ordinal))
        {
            return $"extension({Parameters(method)}) {ApiTypeName.Of(method.ReturnType,
                Nullability.Create(method.ReturnParameter))} {method.Name[4..]} {{ get; }}";
        }

        string generic =
            method.IsGenericMethodDefinition ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>" : "";
        string constraints = method.IsGenericMethodDefinition ? ApiTypeName.Constraints(method.GetGenericArguments()) : "";
        string name = isOperator ? "operator " + method.Name[3..] : method.Name;
        string byRef = method.ReturnType.IsByRef ? "ref " : "";
        return $"{Modifiers(method)}{byRef}{ApiTypeName.Of(method.ReturnType,
            Nullability.Create(method.ReturnParameter))} {name}{generic}({Parameters(method)}){constraints}";
    }

    private static string Describe(ParameterInfo parameter)
    {
        string modifier = parameter switch
        {
            { IsOut: true } => "out ",
            { ParameterType.IsByRef: true, IsIn: true } => "in ",
            { ParameterType.IsByRef: true } => "ref ",
            _ when parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) => "params ",
            _ => "",
        };
        string value = parameter.HasDefaultValue ? " = " + Literal(parameter.RawDefaultValue) : "";
        return $"{modifier}{ApiTypeName.Of(parameter.ParameterType, Nullability.Create(parameter))} {parameter.Name}{value}";
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Modifiers(MethodInfo method)
    {
        if (method.IsStatic)
        {
            return Access(method) + "static " + (method.IsAbstract ? "abstract " : "");
        }

        bool isOverride = method.GetBaseDefinition().DeclaringType != method.DeclaringType;
        string dispatch = method switch
        {
            _ when method.DeclaringType!.IsInterface => "",
            { IsAbstract: true } => isOverride ? "abstract override " : "abstract ",
            _ when isOverride => "override ",
            { IsVirtual: true, IsFinal: false } => "virtual ",
            _ => "",
        };
        return Access(method) + dispatch;
    }

    private static string Literal(object? value) => value switch
    {
        null => "default",
        string text => $"\"{text}\"",
        bool truth => truth ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}

using Depth3D.Messages;
using Depth3D.Pipeline;

namespace Depth3D.Cluster.Workers;

/// <summary>The recipes a process knows, by name.</summary>
internal sealed class RecipeBook
{
    private readonly Dictionary<string, Recipe> _recipes;

    public RecipeBook(IEnumerable<Recipe> recipes) => _recipes = recipes.ToDictionary(r => r.Name, StringComparer.Ordinal);

    public Recipe this[string name] => _recipes.TryGetValue(name, out var recipe)
        ? recipe
        : throw new Depth3DException($"there is no recipe '{name}'",
            remedy: $"known recipes: {string.Join(", ", _recipes.Keys.Order(StringComparer.Ordinal))}", kind: FailureKind.Usage);
}
